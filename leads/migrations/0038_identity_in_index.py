"""The index of the conflict check by the tenant's name and the keys, beside the work on the table.

By its words no other index can answer what the check asks (0039), whatever PostgreSQL knows of the table.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Cast


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("leads", "0037_test_reason")]

    operations = [
        AddIndexConcurrently(
            model_name="lead",
            index=GinIndex(
                Cast("tenant", models.TextField()),
                models.F("identity_keys"),
                condition=models.Q(("identity_keys", []), _negated=True),
                fastupdate=False,
                name="lead_identity_in",
            ),
        ),
    ]
