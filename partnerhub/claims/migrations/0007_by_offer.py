"""Offers by when they end."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0006_by_created")]

    operations = [
        AddIndexConcurrently(
            model_name="claim",
            index=models.Index(
                fields=["tenant", "lease_until"], condition=models.Q(status="offered"), name="claim_offer"
            ),
        ),
    ]
