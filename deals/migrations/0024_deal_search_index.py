"""The index of the deals' search, beside the work on the table."""

from django.db import migrations

from deals.search import DEAL_SEARCH
from partnerhub.tenancy.searching import search_index


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("deals", "0023_deal_search")]

    operations = [search_index(DEAL_SEARCH)]
