"""The calendar of each tenant that is there: Monday to Friday, 9 to 5, in its own zone. A new one gets its own."""

from django.db import migrations

from partnerhub.tenancy.filling import fill_in_batches

OPEN = """
    INSERT INTO calendars_calendar (id, tenant_id, zone, monday, tuesday, wednesday, thursday, friday, saturday, sunday,
        country, subdivision, closing_days, version, updated_at)
    SELECT gen_random_uuid(), id, timezone, '09:00-17:00', '09:00-17:00', '09:00-17:00', '09:00-17:00', '09:00-17:00',
        '', '', '', '', '{}', 1, now()
    FROM tenancy_tenant WHERE id = %(tenant)s ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("calendars", "0002_walls"), ("tenancy", "0001_initial")]

    operations = [fill_in_batches(OPEN)]
