"""Claims by when they began: for the report on fairness."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0005_tiers")]

    operations = [
        AddIndexConcurrently(
            model_name="claim", index=models.Index(fields=["tenant", "created_at"], name="claim_by_created")
        ),
    ]
