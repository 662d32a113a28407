"""Appeals that an older release has opened have no clock yet: the sweep gives them theirs, one by one."""

from django.db import migrations

from partnerhub.tenancy.walls import due_door

NONE_YET = """
r.status = 'open' AND NOT EXISTS (
    SELECT FROM clocks_clock c WHERE c.tenant_id = r.tenant_id AND c.lead_id = r.lead_id AND c.step = 'appeal'
)
"""


class Migration(migrations.Migration):
    dependencies = [("appeals", "0005_test_reason"), ("clocks", "0004_appeals")]

    operations = [due_door("appeals_without_clocks", "appeals_appeal", ("due_at", NONE_YET))]
