from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0026_one_business_at_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="credit_percent",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
    ]
