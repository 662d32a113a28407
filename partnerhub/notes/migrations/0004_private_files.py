from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index that is made beside the work on a table that may be large

    dependencies = [("notes", "0003_private_files")]

    operations = [
        AddIndexConcurrently(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("is_private", True)),
                fields=["tenant", "subject_type", "subject_id"],
                name="attachment_private",
            ),
        ),
    ]
