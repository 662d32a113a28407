"""The queue of each tenant that takes what no other does; a new tenant gets its own when it is opened."""

from typing import Any
from uuid import uuid4

from django.db import connection, migrations

OPEN = """
    INSERT INTO claims_queue (id, tenant_id, name, programs, countries, position, lease_days, recall_days, offer_hours,
        held_at_most, per_day, per_week, is_fallback, is_active, version, created_at, updated_at)
    VALUES (%s, %s, 'All leads', '{}', '{}', 1000, 21, 7, 48, 5, 5, 20, true, true, 1, now(), now())
    ON CONFLICT DO NOTHING
"""


def open_queues(apps: Any, schema_editor: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancy_tenant")
        for (tenant,) in cursor.fetchall():
            cursor.execute(
                "SELECT set_config('app.tenant_id', %s, true), set_config('app.side', 'system', true)", [str(tenant)]
            )
            cursor.execute(OPEN, [str(uuid4()), tenant])
        cursor.execute("SELECT set_config('app.tenant_id', '', true), set_config('app.side', '', true)")


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_walls"), ("tenancy", "0001_initial")]

    operations = [migrations.RunPython(open_queues, migrations.RunPython.noop)]
