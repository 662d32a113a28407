"""The channel managers who look after a partner."""

import django.contrib.postgres.fields
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partners", "0006_external")]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="managers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, db_default=[], default=list, size=None
            ),
        ),
        AddIndexConcurrently(
            model_name="partner",
            index=GinIndex(
                condition=models.Q(("managers", []), _negated=True),
                fields=["tenant", "managers"],
                name="partner_managers",
            ),
        ),
    ]
