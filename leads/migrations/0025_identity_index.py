"""The index of the conflict check, beside the work on the table. Each row stands in it at once: no list is read first."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("leads", "0024_identity")]

    operations = [
        AddIndexConcurrently(
            model_name="lead",
            index=GinIndex(
                condition=models.Q(("submitted_at__isnull", False)),
                fastupdate=False,
                fields=["tenant", "identity_keys"],
                name="lead_identity",
            ),
        ),
    ]
