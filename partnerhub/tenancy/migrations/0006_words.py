"""What operators call a portal and its columns. No statement is sent."""

import django.core.validators
import partnerhub.tenancy.tenants
import partnerhub.web.places
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0005_search_guess"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="tenant",
            options={"verbose_name": "portal", "verbose_name_plural": "portals"},
        ),
        migrations.AlterField(
            model_name="tenant",
            name="brand_chroma",
            field=models.DecimalField(
                decimal_places=3,
                default="0.085",
                help_text="0 is grey.",
                max_digits=3,
                verbose_name="Strength of its colour",
            ),
        ),
        migrations.AlterField(
            model_name="tenant",
            name="brand_hue",
            field=models.PositiveSmallIntegerField(
                default=210,
                help_text="0 to 360 on the OKLCH wheel.",
                validators=[django.core.validators.MaxValueValidator(360)],
                verbose_name="Hue of the brand",
            ),
        ),
        migrations.AlterField(
            model_name="tenant",
            name="created_at",
            field=models.DateTimeField(auto_now_add=True, verbose_name="Opened on"),
        ),
        migrations.AlterField(
            model_name="tenant",
            name="host",
            field=models.CharField(
                blank=True,
                help_text="Empty: that of the installation.",
                max_length=253,
                null=True,
                unique=True,
                verbose_name="Own host",
            ),
        ),
        migrations.AlterField(
            model_name="tenant",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="Open"),
        ),
        migrations.AlterField(
            model_name="tenant",
            name="language",
            field=partnerhub.web.places.LanguageField(default="en", max_length=10, verbose_name="Language"),
        ),
        migrations.AlterField(
            model_name="tenant",
            name="name",
            field=models.CharField(max_length=100, verbose_name="Name"),
        ),
        migrations.AlterField(
            model_name="tenant",
            name="portal_word",
            field=models.CharField(
                blank=True,
                help_text="Under the name; empty: Partner portal.",
                max_length=40,
                verbose_name="What it is called",
            ),
        ),
        migrations.AlterField(
            model_name="tenant",
            name="postal_address",
            field=models.CharField(blank=True, max_length=200, verbose_name="Postal address"),
        ),
        migrations.AlterField(
            model_name="tenant",
            name="slug",
            field=models.CharField(
                max_length=40,
                unique=True,
                validators=[
                    django.core.validators.RegexValidator("^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$"),
                    partnerhub.tenancy.tenants.not_reserved,
                ],
                verbose_name="Address in the path",
            ),
        ),
        migrations.AlterField(
            model_name="tenant",
            name="timezone",
            field=partnerhub.web.places.ZoneField(default="UTC", max_length=64, verbose_name="Time zone"),
        ),
    ]
