"""Deals are found by words: by what, and the function that finds them."""

from django.db import migrations, models

from deals.search import DEAL_SEARCH
from partnerhub.tenancy.searching import search_made
from partnerhub.tenancy.walls import reader_sees


class Migration(migrations.Migration):
    dependencies = [("deals", "0022_deal_board")]

    operations = [
        migrations.AddField(
            model_name="deal",
            name="search_text",
            field=models.TextField(blank=True, db_default="", default="", editable=False),
        ),
        reader_sees("deals_deal"),
        reader_sees("deals_dealside"),
        search_made(DEAL_SEARCH),
    ]
