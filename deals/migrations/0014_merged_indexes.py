"""The index of merged companies and contacts, and a look at the new references, all beside the work on the tables."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from partnerhub.tenancy.walls import link_checked


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("deals", "0013_merged")]

    operations = [
        *(
            link_checked(f"deals_{model}", f"{name}_id")
            for model in ("company", "contact")
            for name in ("merged_into", "known_as")
        ),
        *(
            AddIndexConcurrently(
                model_name=model,
                index=models.Index(
                    condition=models.Q(("known_as__isnull", False)),
                    fields=["tenant", "known_as", "id"],
                    name=f"{model}_merged",
                ),
            )
            for model in ("company", "contact")
        ),
    ]
