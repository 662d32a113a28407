"""A deal that is shared later: what was written to whom at the vendor (D3)."""

import django.db.models.deletion
from django.db import migrations, models

import partnerhub.tenancy.models
from partnerhub.tenancy.walls import link_later


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_walls"), ("deals", "0025_search_first_rows")]

    operations = [
        migrations.AddField(
            "deal", "intro_note", models.TextField(blank=True, db_default="", default="", max_length=4000)
        ),
        migrations.AddField(
            "deal",
            "vendor_contact",
            partnerhub.tenancy.models.TenantForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.membership",
            ),
        ),
        link_later("deals_deal", "vendor_contact_id", "accounts_membership"),
    ]
