"""The decision on an appeal has a clock, too, and each program its due time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clocks", "0003_due")]

    operations = [
        migrations.AddField(
            model_name="duetimes",
            name="appeal_hours",
            field=models.PositiveSmallIntegerField(db_default=80, default=80),
        ),
        migrations.AlterField(
            model_name="clock",
            name="step",
            field=models.CharField(
                choices=[
                    ("decision", "Decision"),
                    ("contact", "First contact"),
                    ("answer", "Answer of the partner"),
                    ("appeal", "Decision on the appeal"),
                ],
                max_length=10,
            ),
        ),
    ]
