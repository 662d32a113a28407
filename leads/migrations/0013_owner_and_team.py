"""Owner and team of a lead: columns without a value, and the search narrowed by them."""

from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import partnerhub.tenancy.models
from partnerhub.tenancy.walls import door_again, link_later

BEFORE = import_module("leads.migrations.0002_walls").LEAD_SEARCH.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
PLACE = "    IF narrowed ? 'assigned_to' THEN"
MINE = """    IF narrowed ? 'mine' THEN
        query := query || format(
            ' AND (submitted_by_id = %1$L OR owner_id = %1$L OR (team <> ''{}'' AND team @> ARRAY[%1$L]::uuid[]))',
            narrowed ->> 'mine'
        );
    END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0012_partner_key_kept"), ("accounts", "0002_walls")]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="owner",
            field=partnerhub.tenancy.models.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.membership",
            ),
        ),
        migrations.AddField(
            model_name="lead",
            name="team",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, db_default=[], default=list, size=None
            ),
        ),
        link_later("leads_lead", "owner_id", "accounts_membership"),
        door_again(BEFORE.replace(PLACE, MINE + PLACE), before=BEFORE),
    ]
