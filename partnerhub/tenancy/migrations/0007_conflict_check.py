"""What the check of new leads tells a partner of others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0006_words")]

    operations = [
        migrations.AddField(
            model_name="tenant",
            name="conflict_check",
            field=models.CharField(
                choices=[
                    ("tell", "Tell that another partner’s protection runs, and until when"),
                    ("review", "Tell nothing of other partners; it goes to review"),
                    ("mark", "Tell nothing and refuse nothing; only mark it for your side"),
                ],
                db_default="tell",
                default="tell",
                max_length=10,
                verbose_name="Conflict check",
            ),
        ),
    ]
