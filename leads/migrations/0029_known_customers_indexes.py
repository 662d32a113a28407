"""The indexes of a lead's company and contact, and a look at the new references, all beside the work on the table."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from partnerhub.tenancy.walls import link_checked


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("leads", "0028_known_customers")]

    operations = [
        *(link_checked("leads_lead", f"{name}_id") for name in ("known_company", "known_contact")),
        *(
            AddIndexConcurrently(
                model_name="lead",
                index=models.Index(
                    condition=models.Q((f"{name}__isnull", False)),
                    fields=["tenant", name, "submitted_at", "id"],
                    name=f"lead_{name}",
                ),
            )
            for name in ("known_company", "known_contact")
        ),
    ]
