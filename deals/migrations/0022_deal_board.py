"""The columns of the board, each in its order."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("deals", "0021_deal_walls")]

    operations = [
        AddIndexConcurrently(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("status__in", ("accepted", "engaged"))),
                fields=["tenant", "stage", "close_date", "id"],
                name="deal_board",
            ),
        ),
    ]
