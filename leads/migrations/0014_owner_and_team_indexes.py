"""The indexes of owner and team, and a look at the new reference, all beside the work on the table."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from partnerhub.tenancy.walls import link_checked


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("leads", "0013_owner_and_team")]

    operations = [
        link_checked("leads_lead", "owner_id"),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("owner__isnull", False)),
                fields=["tenant", "owner", "submitted_at", "id"],
                name="lead_owner_date",
            ),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=GinIndex(
                condition=models.Q(("team", []), _negated=True), fields=["tenant", "team"], name="lead_team"
            ),
        ),
    ]
