"""How long leads of a program lately waited for an answer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0034_verdicts_of_many")]

    operations = [
        migrations.AddField(
            model_name="program",
            name="answer_seconds",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
    ]
