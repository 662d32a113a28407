"""Fill in the partners' names in batches, then make the index, both beside the work on the table."""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, migrations, models, transaction

from partnerhub.web.folding import fold

AT_ONCE = 5000
FILL = """
    UPDATE leads_lead SET partner_key = %(key)s WHERE id IN (
        SELECT id FROM leads_lead
        WHERE tenant_id = %(tenant)s AND partner_id = %(partner)s AND partner_key <> %(key)s LIMIT %(most)s
    )
"""


def fill(apps: Any, schema_editor: Any) -> None:
    for (tenant,) in ask("SELECT id FROM tenancy_tenant", {}):
        for partner, name in ask("SELECT id, name FROM partners_partner", {}, tenant):
            values = {"key": fold(name)[:200], "tenant": tenant, "partner": partner, "most": AT_ONCE}
            while ask(f"{FILL} RETURNING id", values, tenant):
                pass


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

    dependencies = [("leads", "0006_partner_key"), ("partners", "0002_walls")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("submitted_at__isnull", False)),
                fields=["tenant", "partner_key", "id"],
                name="lead_by_partner",
            ),
        ),
    ]
