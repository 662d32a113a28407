"""The index of the order by due time, beside the work on the table."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("leads", "0031_due_at")]

    operations = [
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("submitted_at__isnull", False)),
                fields=["tenant", "due_at", "id"],
                name="lead_by_due",
            ),
        ),
    ]
