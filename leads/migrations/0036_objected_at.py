from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0035_answer_times")]

    operations = [
        migrations.AddField(
            model_name="lead", name="objected_at", field=models.DateTimeField(editable=False, null=True)
        ),
    ]
