"""The verdict asks so that one index alone can answer, also before PostgreSQL has counted the table.

On a fresh portal, or for a tenant that has just come, the planner took an index of the tenant for as good as that of
the keys, and read all leads of the tenant for each row of a file. Now it cannot: no other index has the tenant as text,
and of no partial index it can tell that it has all of these rows.
"""

from importlib import import_module

from django.db import migrations

from partnerhub.tenancy.walls import door_again

IDENTITY = import_module("leads.migrations.0024_identity")
FORMER = IDENTITY.VERDICT.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
    "SET enable_seqscan = off", "SET enable_seqscan = off SET plan_cache_mode = force_generic_plan"
)
BY_TENANT = """tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid
            AND submitted_at IS NOT NULL AND identity_keys && asked::varchar[]"""
BY_ONE_INDEX = """tenant_id::text = nullif(current_setting('app.tenant_id', true), '')::uuid::text
            AND NOT (identity_keys = '{}'::varchar(300)[]) AND identity_keys && asked::varchar[]
            AND coalesce(submitted_at, '-infinity') > '-infinity'"""
VERDICT = FORMER.replace(BY_TENANT, BY_ONE_INDEX)


class Migration(migrations.Migration):
    dependencies = [("leads", "0038_identity_in_index")]

    operations = [door_again(VERDICT, before=FORMER)]
