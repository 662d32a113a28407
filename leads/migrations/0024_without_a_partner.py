"""A lead that the vendor brings is no partner's until one takes it: no partner gets past the wall to it."""

import django.db.models.deletion
from django.db import migrations

import partnerhub.tenancy.models


class Migration(migrations.Migration):
    dependencies = [("leads", "0023_protected_until"), ("partners", "0002_walls")]

    operations = [
        migrations.AlterField(
            model_name="lead",
            name="partner",
            field=partnerhub.tenancy.models.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.partner",
            ),
        ),
    ]
