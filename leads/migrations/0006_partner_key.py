"""The partner's name on its leads, folded, so that the vendor's list sorts by it."""

from importlib import import_module

from django.db import migrations, models

from partnerhub.tenancy.walls import READER

SEARCH = import_module("leads.migrations.0002_walls").LEAD_SEARCH.replace("CREATE", "CREATE OR REPLACE", 1)
KEYS = "'representative_key')"


def search_again(body: str) -> str:
    return f"SET ROLE {READER}; {body}; RESET ROLE;"


class Migration(migrations.Migration):
    dependencies = [("leads", "0005_wall_by_side")]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="partner_key",
            field=models.CharField(blank=True, db_collation="C", db_default="", default="", max_length=200),
        ),
        migrations.RunSQL(
            search_again(SEARCH.replace(KEYS, "'representative_key', 'partner_key')", 1)), search_again(SEARCH)
        ),
    ]
