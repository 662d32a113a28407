"""The deal that a lead was converted to, by reference."""

import django.db.models.deletion
from django.db import migrations

from partnerhub.tenancy.models import TenantForeignKey
from partnerhub.tenancy.walls import link_later


class Migration(migrations.Migration):
    dependencies = [("leads", "0040_identity_index_gone"), ("deals", "0021_deal_walls")]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="deal",
            field=TenantForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="deals.deal",
            ),
        ),
        link_later("leads_lead", "deal_id", "deals_deal"),
    ]
