"""Queues that are open to partners of some tiers only."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_reported_dead")]

    operations = [
        migrations.AddField(
            model_name="queue",
            name="tiers",
            field=ArrayField(base_field=models.UUIDField(), blank=True, db_default=[], default=list, size=None),
        ),
    ]
