"""Companies and contacts count their changes, as every record does."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deals", "0006_search_indexes")]

    operations = [
        migrations.AddField(
            model_name=model, name="version", field=models.PositiveIntegerField(db_default=1, default=1)
        )
        for model in ("company", "contact")
    ]
