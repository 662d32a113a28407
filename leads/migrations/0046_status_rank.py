"""A lead can be converted: `status_rank` knows it too.

It was a generated column, and to say its expression anew rewrites the table while nobody can work. So it becomes a plain
one, which changes no row, and a trigger computes it for whoever writes, old code too. What was there keeps its rank.
"""

from django.db import migrations, models

from partnerhub.tenancy.filling import kept_by_trigger

STATUSES = (
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("in_progress", "In progress"),
    ("more_info", "More information needed"),
    ("converted", "Converted"),
    ("awarded", "Awarded"),
    ("not_eligible", "Not eligible"),
    ("withdrawn", "Withdrawn"),
    ("discarded", "Discarded"),
)
RANKS = (
    *("draft", "submitted", "in_progress", "more_info", "awarded", "not_eligible", "withdrawn", "discarded"),
    "converted",
)
RANK = f"array_position(ARRAY{[*RANKS]}, NEW.status::text) - 1"


class Migration(migrations.Migration):
    dependencies = [("leads", "0045_registered_deals")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL("ALTER TABLE leads_lead ALTER COLUMN status_rank DROP EXPRESSION"),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="lead",
                    name="status_rank",
                    field=models.SmallIntegerField(editable=False, null=True),
                ),
            ],
        ),
        kept_by_trigger(
            "leads_lead",
            "status_rank",
            RANK,
            insert="true",
            update="NEW.status <> OLD.status OR NEW.status_rank IS DISTINCT FROM OLD.status_rank",
        ),
        migrations.AlterField(
            model_name="lead",
            name="status",
            field=models.CharField(choices=STATUSES, default="draft", max_length=20),
        ),
        migrations.AlterField(
            model_name="lead",
            name="resume_to",
            field=models.CharField(blank=True, choices=STATUSES, max_length=20),
        ),
    ]
