"""How leads were routed, by when: for the report on fairness."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("routing", "0002_walls")]

    operations = [
        AddIndexConcurrently(
            model_name="leadrouting", index=models.Index(fields=["tenant", "decided_at"], name="routing_by_decided")
        ),
    ]
