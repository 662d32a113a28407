"""The former index of the conflict check is in nobody's way any more, beside the work on the table."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("leads", "0039_verdict_by_one_index")]

    operations = [RemoveIndexConcurrently(model_name="lead", name="lead_identity")]
