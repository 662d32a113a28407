"""A registered deal protects its customer too: the verdict asks for those of other partners, by one index (rulings 14)."""

from importlib import import_module

from django.db import migrations

from partnerhub.tenancy.walls import door_again

FORMER = import_module("leads.migrations.0039_verdict_by_one_index").VERDICT
LEADS_ALONE = "SELECT max(until) AS until FROM same WHERE partner_id <> own_partner AND until > now()"
WITH_DEALS = """SELECT max(until) AS until FROM (
            SELECT until FROM same WHERE partner_id <> own_partner
            UNION ALL SELECT until FROM deals_dealregistration
            WHERE tenant_id::text = nullif(current_setting('app.tenant_id', true), '')::uuid::text
                AND status = 'active' AND identity_keys && asked::varchar[] AND partner_id <> own_partner
        ) protected WHERE until > now()"""
VERDICT = FORMER.replace(LEADS_ALONE, WITH_DEALS)


class Migration(migrations.Migration):
    dependencies = [("leads", "0044_search_first_rows"), ("deals", "0030_registration_walls")]

    operations = [door_again(VERDICT, before=FORMER)]
