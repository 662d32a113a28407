"""Apps bring purposes and circles with their letters: the columns list them no more. The database stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0010_owner_and_team"),
    ]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="circle",
            field=models.CharField(max_length=40),
        ),
        migrations.AlterField(
            model_name="message",
            name="purpose",
            field=models.CharField(max_length=40),
        ),
    ]
