from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("upgrades", "0004_due")]

    operations = [
        migrations.AddField(
            model_name="upgradeterms",
            name="answer_days",
            field=models.PositiveSmallIntegerField(db_default=14, default=14),
        ),
    ]
