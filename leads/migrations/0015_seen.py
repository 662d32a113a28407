from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0014_owner_and_team_indexes")]

    operations = [
        migrations.AddField(
            model_name="lead", name="is_seen", field=models.BooleanField(db_default=False, default=False)
        ),
    ]
