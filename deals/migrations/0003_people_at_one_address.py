"""Address and name tell contacts apart, so that two people who share a mailbox are two.

The former release writes contacts ON CONFLICT (tenant_id, company_id, email) and reads `email`. So that column and its
unique constraint stay until the release after this one; the address is kept in a column beside it, and a trigger fills
in each from the other: `address` for rows of the former release, `email` for the first person of a mailbox. A second
one has none there. Contacts of a company are written one after the other: whoever writes one has locked the company.
`contact_person` is a unique index only: as a constraint it would be made under a lock.
"""

from importlib import import_module
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, migrations, models, transaction

from deals.hosts import is_shared
from partnerhub.tenancy.walls import READER

SEARCH = import_module("deals.migrations.0002_walls").SEARCH.replace("CREATE", "CREATE OR REPLACE", 1)
AT_ONCE = 5000
COLUMN = """
    ALTER TABLE deals_contact ADD COLUMN address varchar(254) COLLATE "C" DEFAULT '' NOT NULL;
    ALTER TABLE deals_contact ALTER COLUMN email DROP NOT NULL;
    CREATE FUNCTION deals_contact_address() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
    BEGIN
        IF NEW.address = '' AND coalesce(NEW.email, '') <> '' THEN
            NEW.address := NEW.email;
        ELSIF NOT EXISTS (
            SELECT FROM deals_contact
            WHERE tenant_id = NEW.tenant_id AND company_id = NEW.company_id AND email = NEW.address
                AND name_key <> NEW.name_key
        ) THEN
            NEW.email := NEW.address;
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER address BEFORE INSERT ON deals_contact FOR EACH ROW EXECUTE FUNCTION deals_contact_address();
"""
NO_COLUMN = """
    DROP TRIGGER address ON deals_contact;
    DROP FUNCTION deals_contact_address();
    ALTER TABLE deals_contact DROP COLUMN address;
"""
FILL = """
    UPDATE deals_contact SET address = email WHERE id IN (
        SELECT id FROM deals_contact WHERE tenant_id = %(tenant)s AND address = '' AND email <> '' LIMIT %(most)s
    ) RETURNING id
"""
SHARED = "SELECT DISTINCT host FROM deals_company WHERE tenant_id = %(tenant)s AND host <> ''"
BY_NAME = """
    UPDATE deals_company company SET host = '' WHERE tenant_id = %(tenant)s AND host = %(host)s AND NOT EXISTS (
        SELECT FROM deals_company other WHERE other.tenant_id = company.tenant_id
            AND other.partner_id = company.partner_id AND other.name_key = company.name_key AND other.host = ''
    ) RETURNING id
"""
UNIQUE = """
    CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS contact_person
        ON deals_contact (tenant_id, company_id, address, name_key)
"""


def fill(apps: Any, schema_editor: Any) -> None:
    """The addresses of contacts that are there, and companies known by a host that many share by their name."""
    for (tenant,) in ask("SELECT id FROM tenancy_tenant", {}):
        while ask(FILL, {"tenant": tenant, "most": AT_ONCE}, tenant):
            pass
        for (host,) in ask(SHARED, {"tenant": tenant}, tenant):
            if is_shared(host):
                ask(BY_NAME, {"tenant": tenant, "host": host}, tenant)


def ask(statement: str, values: dict[str, Any], tenant: Any = None) -> list[tuple[Any, ...]]:
    """The rows of a statement in a transaction of its own, behind the wall of this tenant."""
    with transaction.atomic(), connection.cursor() as cursor:
        if tenant:
            cursor.execute(
                "SELECT set_config('app.tenant_id', %s, true), set_config('app.side', 'system', true)", [str(tenant)]
            )
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def search_door(*columns: str) -> str:
    """The contacts' search, sorted by one of these columns."""
    texts = ", ".join(f"'{column}'" for column in columns)
    body = SEARCH.replace("{name}", "contact_search").replace("{table}", "deals_contact").replace("{texts}", texts)
    return f"SET ROLE {READER}; {body}; RESET ROLE;"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("deals", "0002_walls")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(COLUMN, NO_COLUMN)],
            [
                migrations.AlterField(
                    "contact",
                    "email",
                    models.EmailField(blank=True, db_collation="C", db_column="address", db_default="", max_length=254),
                ),
                migrations.RemoveConstraint("contact", "contact_email"),
                migrations.RemoveIndex("contact", "contact_by_email"),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(UNIQUE, "DROP INDEX CONCURRENTLY contact_person")],
            [
                migrations.AddConstraint(
                    "contact",
                    models.UniqueConstraint(fields=["tenant", "company", "email", "name_key"], name="contact_person"),
                )
            ],
        ),
        AddIndexConcurrently("contact", models.Index(fields=["tenant", "email", "id"], name="contact_by_address")),
        migrations.RunSQL(
            search_door("name_key", "company_key", "email", "address"), search_door("name_key", "company_key", "email")
        ),
    ]
