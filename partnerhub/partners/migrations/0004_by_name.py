"""Fold the names of the partners that are there, then make the indexes, both beside the work on the table."""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, migrations, models, transaction

from partnerhub.web.folding import fold

# Of two partners whose names differ by case or accents alone the second stays without: it is found by its own page.
FILL = """
    UPDATE partners_partner SET name_key = %(key)s WHERE id = %(partner)s AND NOT EXISTS (
        SELECT FROM partners_partner WHERE tenant_id = %(tenant)s AND name_key = %(key)s
    )
    RETURNING id
"""
UNIQUE = """
    CREATE UNIQUE INDEX CONCURRENTLY partner_name_key ON partners_partner (tenant_id, name_key) WHERE name_key <> ''
"""


def fill(apps: Any, schema_editor: Any) -> None:
    for (tenant,) in ask("SELECT id FROM tenancy_tenant", {}):
        for partner, name in ask("SELECT id, name FROM partners_partner WHERE name_key = ''", {}, tenant):
            ask(FILL, {"key": fold(name)[:200], "partner": partner, "tenant": tenant}, tenant)


def ask(statement: str, values: dict[str, Any], tenant: Any = None) -> list[tuple[Any, ...]]:
    """The rows of a statement in a transaction of its own, behind the wall of this tenant."""
    with transaction.atomic(), connection.cursor() as cursor:
        if tenant:
            cursor.execute(
                "SELECT set_config('app.tenant_id', %s, true), set_config('app.side', 'system', true)", [str(tenant)]
            )
        cursor.execute(statement, values)
        return list(cursor.fetchall())


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partners", "0003_life")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        AddIndexConcurrently(
            model_name="partner",
            index=models.Index(fields=["tenant", "name_key", "id"], name="partner_by_name"),
        ),
        AddIndexConcurrently(
            model_name="partner",
            index=models.Index(fields=["tenant", "created_at", "id"], name="partner_by_start"),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(UNIQUE, "DROP INDEX CONCURRENTLY partner_name_key"),
            ],
            state_operations=[
                migrations.AddConstraint(
                    model_name="partner",
                    constraint=models.UniqueConstraint(
                        fields=["tenant", "name_key"], condition=~models.Q(name_key=""), name="partner_name_key"
                    ),
                ),
            ],
        ),
    ]
