"""Companies are compared by their names without the legal form. Rows of before have none; they are read by their key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deals", "0008_search_by_what_is_seen")]

    operations = [
        migrations.AddField(
            model_name="company",
            name="name_core",
            field=models.CharField(blank=True, db_collation="C", db_default="", default="", max_length=200),
        ),
    ]
