"""Since when an endpoint takes nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0012_webhooks")]

    operations = [
        migrations.AddField(
            model_name="endpoint",
            name="failing_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
