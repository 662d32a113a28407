"""Row-level security as migration operations (the second wall), composite foreign keys, append-only tables.

`wall()` for every owned table, `link()` for every reference between owned tables, `door()` for the few
SECURITY DEFINER functions that see past the wall, read-only, as the role `partnerhub_reader`.
"""

from django.db import migrations

READER = "partnerhub_reader"
TENANT = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid"
SIDE = "current_setting('app.side', true)"
OWN_PARTNER = "partner_id = nullif(current_setting('app.partner_id', true), '')::uuid"
INSIDE = f"{SIDE} IN ('vendor', 'partner', 'system')"
ALL_PARTNERS = f"{SIDE} IN ('vendor', 'system')"


def wall(table: str, *, see: str = INSIDE, write: str | None = None) -> migrations.RunSQL:
    """Force row-level security on an owned table.

    `see` is a condition beside the tenant's on the rows that may be seen, `write` the same for rows written
    (default: the same). `own_partner()` gives the usual condition of a table with a partner column.
    """
    write = write or see
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY wall ON {table} USING ({TENANT} AND ({see})) WITH CHECK ({TENANT} AND ({write}));
        """,
        f"""
        DROP POLICY wall ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def wall_again(table: str, *, see: str, before: str) -> migrations.RunSQL:
    """Say anew which rows beside the tenant's may be seen and written; `before` is what was said until now."""
    again, back = (
        f"ALTER POLICY wall ON {table} USING ({TENANT} AND ({rows})) WITH CHECK ({TENANT} AND ({rows}))"
        for rows in (see, before)
    )
    return migrations.RunSQL(again, back)


def guard(table: str, *, write: str) -> migrations.RunSQL:
    """Let rows be changed and removed only by who may write them, not by all who may see them.

    For a table whose wall says `see` wider than `write`: PostgreSQL asks the first alone which rows a DELETE takes, and
    an UPDATE could take a row over. Locking a row for an update asks this too.
    """
    return migrations.RunSQL(
        f"""
        ALTER POLICY wall ON {table} WITH CHECK ({TENANT} AND ({write}));
        CREATE POLICY guard_update ON {table} AS RESTRICTIVE FOR UPDATE USING ({write});
        CREATE POLICY guard_delete ON {table} AS RESTRICTIVE FOR DELETE USING ({write});
        """,
        f"DROP POLICY guard_update ON {table}; DROP POLICY guard_delete ON {table};",
    )


def kept(table: str) -> migrations.RunSQL:
    """Let rows be written by all who see them, and removed by the system alone."""
    return migrations.RunSQL(
        f"CREATE POLICY guard_delete ON {table} AS RESTRICTIVE FOR DELETE USING ({SIDE} = 'system')",
        f"DROP POLICY guard_delete ON {table}",
    )


def by_side(*, vendor: str, partner: str) -> str:
    """What each side may see; the system sees all.

    A CASE, not an OR of three: PostgreSQL cannot know the side when it plans and takes an OR for one row in a hundred,
    so that it sorts all leads of a tenant in place of walking the index of the order. It takes a CASE for every second.
    """
    return (
        f"CASE {SIDE} WHEN 'vendor' THEN {vendor} WHEN 'partner' THEN {partner} WHEN 'system' THEN true ELSE false END"
    )


def own_partner(column: str = "partner_id", *, also: str = "") -> str:
    """The vendor side and the system see all partners' rows, a partner its own; `also` widens it by one condition."""
    mine = OWN_PARTNER.replace("partner_id", column, 1)
    return f"{ALL_PARTNERS} OR ({SIDE} = 'partner' AND ({mine}{f' OR {also}' if also else ''}))"


def anchor(table: str) -> migrations.RunSQL:
    """Make an owned table a target of `link()`."""
    name = f"{table}_anchor"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE (tenant_id, id)",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def link(table: str, column: str, target: str) -> migrations.RunSQL:
    """A reference that cannot leave the tenant: (tenant_id, column) → target (tenant_id, id)."""
    name = f"{table}_{column}_link"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (tenant_id, {column})"
        f" REFERENCES {target} (tenant_id, id)",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def link_later(table: str, column: str, target: str) -> migrations.RunSQL:
    """`link()` on a table in use: holds for new rows at once; `link_checked()` looks at the others, beside the work."""
    name = f"{table}_{column}_link"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (tenant_id, {column})"
        f" REFERENCES {target} (tenant_id, id) NOT VALID",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def link_checked(table: str, column: str) -> migrations.RunSQL:
    """In a migration of its own: look at the rows that were there before `link_later()`, and keep nobody waiting."""
    return migrations.RunSQL(f"ALTER TABLE {table} VALIDATE CONSTRAINT {table}_{column}_link", migrations.RunSQL.noop)


def append_only(table: str) -> migrations.RunSQL:
    """Refuse every change and removal of a row, whoever asks."""
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
        """,
        f"DROP TRIGGER append_only ON {table}; DROP FUNCTION {table}_append_only();",
    )


def dated(table: str, *fields: str) -> migrations.RunSQL:
    """Keep `updated_at` true for every change of these columns, whoever writes them and by whatever statement.

    A statement that sets the moment itself is believed.
    """
    before, after = (", ".join(f"{row}.{name}" for name in fields) for row in ("OLD", "NEW"))
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {table}_dated() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.updated_at := clock_timestamp();
            RETURN NEW;
        END $$;
        CREATE TRIGGER dated BEFORE UPDATE ON {table} FOR EACH ROW
            WHEN (NEW.updated_at = OLD.updated_at AND ({before}) IS DISTINCT FROM ({after}))
            EXECUTE FUNCTION {table}_dated();
        """,
        f"DROP TRIGGER dated ON {table}; DROP FUNCTION {table}_dated();",
    )


def reader_sees(table: str) -> migrations.RunSQL:
    """Let the owner of the doors read a table past its wall. Nobody can sign in as that role."""
    return migrations.RunSQL(
        f"GRANT SELECT ON {table} TO {READER}; CREATE POLICY door ON {table} FOR SELECT TO {READER} USING (true);",
        f"DROP POLICY door ON {table}; REVOKE SELECT ON {table} FROM {READER};",
    )


def door(signature: str, body: str) -> migrations.RunSQL:
    """A SECURITY DEFINER function that reads past the wall as `partnerhub_reader`.

    `signature` is `name(types…)`, `body` the whole CREATE FUNCTION with `SECURITY DEFINER SET search_path = public`.
    """
    return migrations.RunSQL(
        f"""
        {body};
        ALTER FUNCTION {signature} OWNER TO {READER};
        SET ROLE {READER};
        REVOKE ALL ON FUNCTION {signature} FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION {signature} TO partnerhub, partnerhub_owner;
        RESET ROLE;
        """,
        f"SET ROLE {READER}; DROP FUNCTION {signature}; RESET ROLE;",
    )


def door_again(body: str, *, before: str) -> migrations.RunSQL:
    """Say anew what a door reads, its signature unchanged. Both bodies are whole CREATE OR REPLACE FUNCTION."""
    again, back = (f"SET ROLE {READER}; {text}; RESET ROLE;" for text in (body, before))
    return migrations.RunSQL(again, back)


def due_door(name: str, table: str, *parts: tuple[str, str]) -> migrations.RunSQL:
    """The door by which a sweep looks over all tenants: (tenant, id) of the rows that are due `at` this moment.

    `parts` are pairs: the column by which rows become due, and when they are, with `r` for the row and `at` for the
    moment. For each tenant each part is one probe of an index that begins with the tenant. Fair between tenants, the
    longest due first. The table needs `reader_sees()`.
    """
    found = " UNION ALL ".join(
        f"(SELECT r.id, r.{column} AS due_at FROM {table} r WHERE r.tenant_id = t.id AND ({which})"
        f" ORDER BY r.{column} LIMIT most)"
        for column, which in parts
    )
    return door(
        f"{name}(timestamptz, integer)",
        f"""
        CREATE FUNCTION {name}(at timestamptz, most integer) RETURNS TABLE (tenant_id uuid, id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
            SELECT t.id, due.id
            FROM tenancy_tenant t
            CROSS JOIN LATERAL (
                SELECT one.id, one.due_at, row_number() OVER (ORDER BY one.due_at, one.id) AS turn
                FROM ({found}) one ORDER BY one.due_at, one.id LIMIT most
            ) due
            WHERE t.is_active
            ORDER BY due.turn, due.due_at
            LIMIT most
        $$
        """,
    )
