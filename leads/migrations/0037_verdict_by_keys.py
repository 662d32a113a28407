"""The conflict check finds leads by their keys alone, whatever the planner knows of the table.

Without statistics, in a portal that was opened an hour ago, PostgreSQL takes an index of the tenant for as good as that of
the keys, and reads every lead of the tenant for each row of a file. The tenant is compared as a text: no index answers
that, so the one of the keys is all that is left.
"""

from importlib import import_module

from django.db import migrations

from partnerhub.tenancy.walls import door_again

SAID = "SET enable_seqscan = off AS $$"
BEFORE = (
    import_module("leads.migrations.0024_identity")
    .VERDICT.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    .replace(SAID, f"SET plan_cache_mode = force_generic_plan {SAID}")
)
OF_TENANT = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid"
AFTER = BEFORE.replace(
    f"WHERE {OF_TENANT}\n            AND submitted_at",
    "WHERE tenant_id::text = current_setting('app.tenant_id', true)\n            AND submitted_at",
)


class Migration(migrations.Migration):
    dependencies = [("leads", "0036_objected_at")]

    operations = [door_again(AFTER, before=BEFORE)]
