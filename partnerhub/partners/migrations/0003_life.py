"""A partner's status, its version, and its name folded: for order, search, and being the only one of the name."""

from django.db import migrations, models

import partnerhub.web.places


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_walls"), ("tenancy", "0002_places")]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="name_key",
            field=models.CharField(
                blank=True, db_collation="C", db_default="", default="", editable=False, max_length=200
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="status",
            field=models.CharField(
                choices=[("active", "Active"), ("suspended", "Suspended")],
                db_default="active",
                default="active",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="suspension_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            model_name="partner",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.AlterField(
            model_name="partner",
            name="language",
            field=partnerhub.web.places.LanguageField(blank=True, max_length=10),
        ),
        migrations.AlterField(
            model_name="partner",
            name="timezone",
            field=partnerhub.web.places.ZoneField(blank=True, max_length=64),
        ),
    ]
