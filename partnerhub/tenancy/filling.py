"""A new column that is computed, filled while old and new code write side by side, as migration operations.

The pattern: the migration that adds the column also makes a trigger (`kept_by_trigger`) or a database default that
fills it for whoever does not know it, so that from then on no writer leaves it empty; only the next migration fills in
the rows from before, in batches (`fill_in_batches`), and makes the index, and a test sends the old code's statements to
the new schema and compares the rows. Where the database cannot compute the value exactly, beat goes over the rows once
more with the same statements (`fill_tenant`), for as long as old code may run and after.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection, migrations, transaction

ROWS_FILLED = 5000


def kept_by_trigger(table: str, column: str, value: str, *, insert: str, update: str = "") -> migrations.RunSQL:
    """Fill `column` with the SQL expression `value` of the row `NEW`, whoever writes it.

    `insert` and `update` are the conditions on NEW (and OLD) under which it is filled; without `update` it is then left
    alone. Make it in the migration that adds the column.
    """
    name = f"{table}_{column}"
    events = {"INSERT": insert, "UPDATE": update}
    triggers = "".join(
        f"CREATE TRIGGER {column}_on_{event.lower()} BEFORE {event} ON {table}"
        f" FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION {name}();\n"
        for event, condition in events.items()
        if condition
    )
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.{column} := {value};
            RETURN NEW;
        END $$;
        {triggers}
        """,
        f"DROP FUNCTION {name}() CASCADE;",
    )


def fill_in_batches(statement: str) -> migrations.RunPython:
    """Run `fill_tenant` for every tenant; for a migration with `atomic = False`, after the one with the trigger."""

    def fill(apps: Any, schema_editor: Any) -> None:
        for (tenant,) in _ask("SELECT id FROM tenancy_tenant", {}):
            fill_tenant(statement, tenant)

    return migrations.RunPython(fill, migrations.RunPython.noop)


def fill_tenant(statement: str, tenant: UUID | str, values: Mapping[str, Any] | None = None) -> int:
    """Repeat an UPDATE, each time in a transaction of its own behind the tenant's wall, until it changes nothing.

    The statement takes `%(tenant)s`, `%(most)s` and `values`, and changes at most so many rows that are still wrong.
    Gives how many it changed. Safe to repeat, and beside others that do the same.
    """
    changed = 0
    while found := len(
        _ask(f"{statement} RETURNING 1", {"tenant": tenant, "most": ROWS_FILLED, **(values or {})}, tenant)
    ):
        changed += found
    return changed


def _ask(statement: str, values: Mapping[str, Any], tenant: UUID | str | None = None) -> list[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        if tenant:
            cursor.execute(
                "SELECT set_config('app.tenant_id', %s, true), set_config('app.side', 'system', true)", [str(tenant)]
            )
        cursor.execute(statement, values)
        return list(cursor.fetchall())
