"""The tier of a partner, and how many leads partners of a tier take: columns without a value."""

import django.db.models.deletion
from django.core.validators import MaxValueValidator
from django.db import migrations, models

import partnerhub.tenancy.models
from partnerhub.tenancy.walls import link_later


class Migration(migrations.Migration):
    dependencies = [("partners", "0010_tier_anchor")]

    operations = [
        migrations.AddField(
            model_name="tier",
            name="claims_per_day",
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[MaxValueValidator(1000)]),
        ),
        migrations.AddField(
            model_name="tier",
            name="claims_per_week",
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[MaxValueValidator(1000)]),
        ),
        migrations.AddField(
            model_name="partner",
            name="tier",
            field=partnerhub.tenancy.models.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.tier",
            ),
        ),
        link_later("partners_partner", "tier_id", "partners_tier"),
    ]
