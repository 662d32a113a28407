"""The order of the list of solutions."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partners", "0013_solution_review")]

    operations = [
        AddIndexConcurrently(
            model_name="solution",
            index=models.Index(fields=["tenant", "updated_at", "id"], name="solution_by_updated"),
        ),
    ]
