from datetime import UTC, datetime

from django.db import migrations, models

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Migration(migrations.Migration):
    dependencies = [("leads", "0030_origin_intake")]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="due_at",
            field=models.DateTimeField(db_default=NEVER, default=NEVER, editable=False),
        ),
    ]
