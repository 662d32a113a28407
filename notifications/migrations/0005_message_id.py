from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index that is made beside the work on a table that may be large

    dependencies = [("notifications", "0004_outcomes")]

    operations = [
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(fields=["message_id"], name="mail_message_id"),
        ),
    ]
