"""An appeal says by which token it was decided, and whose. Former code writes neither."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appeals", "0002_walls")]

    operations = [
        migrations.AddField(
            model_name="appeal",
            name="decided_token",
            field=models.CharField(blank=True, db_default="", default="", max_length=100),
        ),
        migrations.AddField(
            model_name="appeal",
            name="decided_maker",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
