"""How often a delivery changed its state: for whoever decides on it by what they saw."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0013_failing_since")]

    operations = [
        migrations.AddField(
            model_name=kind,
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1),
        )
        for kind in ("message", "hook")
    ]
