"""How long an offer stands is said in hours of the calendar: of a day, eight."""

from typing import Any

from django.db import connection, migrations, models

IN_WORKING_HOURS = "UPDATE claims_queue SET offer_hours = greatest(1, round(offer_hours / 3.0)) WHERE tenant_id = %s"


def say_working_hours(apps: Any, schema_editor: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancy_tenant")
        for (tenant,) in cursor.fetchall():
            cursor.execute(
                "SELECT set_config('app.tenant_id', %s, true), set_config('app.side', 'system', true)", [str(tenant)]
            )
            cursor.execute(IN_WORKING_HOURS, [tenant])
        cursor.execute("SELECT set_config('app.tenant_id', '', true), set_config('app.side', '', true)")


class Migration(migrations.Migration):
    dependencies = [("claims", "0008_due"), ("clocks", "0005_offers")]

    operations = [
        migrations.RunPython(say_working_hours, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="queue", name="offer_hours", field=models.PositiveSmallIntegerField(default=16)
        ),
    ]
