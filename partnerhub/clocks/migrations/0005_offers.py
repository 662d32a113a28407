"""The answer to the offer of a lead has a clock, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clocks", "0004_appeals")]

    operations = [
        migrations.AlterField(
            model_name="clock",
            name="step",
            field=models.CharField(
                choices=[
                    ("decision", "Decision"),
                    ("contact", "First contact"),
                    ("answer", "Answer of the partner"),
                    ("appeal", "Decision on the appeal"),
                    ("offer", "Answer to the offer"),
                ],
                max_length=10,
            ),
        ),
    ]
