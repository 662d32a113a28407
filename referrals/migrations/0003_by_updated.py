"""The referral history by its changes (`updated_since`), made beside the work on the table."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("referrals", "0002_walls")]

    operations = [
        AddIndexConcurrently(
            model_name="referral",
            index=models.Index(fields=["tenant", "updated_at", "id"], name="referral_by_updated"),
        ),
        AddIndexConcurrently(
            model_name="referral",
            index=models.Index(fields=["tenant", "partner", "updated_at", "id"], name="referral_own_updated"),
        ),
    ]
