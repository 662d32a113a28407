"""How often a seat was changed: for whoever decides on it by what they saw."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_people_lists")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False),
        ),
    ]
