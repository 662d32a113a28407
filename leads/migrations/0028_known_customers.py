"""The company and the contact that a lead brought, by reference. Leads of before have none: they are known by host and
name, as the former release knows them.
"""

import django.db.models.deletion
from django.db import migrations

from partnerhub.tenancy.models import TenantForeignKey
from partnerhub.tenancy.walls import link_later

KNOWN = {"known_company": "company", "known_contact": "contact"}


class Migration(migrations.Migration):
    dependencies = [("leads", "0027_credit_percent"), ("deals", "0013_merged")]

    operations = [
        *(
            migrations.AddField(
                model_name="lead",
                name=name,
                field=TenantForeignKey(
                    db_constraint=False,
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=f"deals.{model}",
                ),
            )
            for name, model in KNOWN.items()
        ),
        *(link_later("leads_lead", f"{name}_id", f"deals_{model}") for name, model in KNOWN.items()),
    ]
