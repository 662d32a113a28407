"""Since when a partner stands as it does."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0008_entries")]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="status_changed_at",
            field=models.DateTimeField(null=True),
        ),
    ]
