"""Indexes of what a person's home counts and shows first, beside the work on the table."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("leads", "0042_converted_once")]

    operations = [
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("representative__isnull", True), ("status__in", ("in_progress", "more_info"))),
                fields=["tenant", "submitted_at", "id"],
                name="lead_nobodys",
            ),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("status__in", ("submitted", "in_progress", "more_info"))),
                fields=["tenant", "representative", "status_changed_at"],
                name="lead_waits",
            ),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("status", "more_info")),
                fields=["tenant", "partner", "status_changed_at"],
                name="lead_waits_for_answer",
            ),
        ),
    ]
