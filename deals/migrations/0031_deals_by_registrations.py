"""The index of deals by their active registrations, beside the work on the table (D6)."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("deals", "0030_registration_walls")]

    operations = [
        AddIndexConcurrently(
            model_name="deal",
            index=models.Index(
                fields=["tenant", "active_registrations", "updated_at", "id"], name="deal_by_registrations"
            ),
        ),
    ]
