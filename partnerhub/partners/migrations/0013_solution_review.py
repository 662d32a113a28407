"""Where a solution stands in its review (rulings 21); those that are there are drafts."""

import django.utils.timezone
from django.db import migrations, models
from django.db.models.functions import Now

from partnerhub.partners.states import SolutionStatus


class Migration(migrations.Migration):
    dependencies = [("partners", "0012_tier_checked")]

    operations = [
        migrations.AddField(
            model_name="solution",
            name="status",
            field=models.CharField(choices=SolutionStatus.choices, db_default="draft", default="draft", max_length=15),
        ),
        migrations.AddField(
            model_name="solution",
            name="status_changed_at",
            field=models.DateTimeField(db_default=Now(), default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="solution",
            name="created_at",
            field=models.DateTimeField(db_default=Now(), default=django.utils.timezone.now),
        ),
    ]
