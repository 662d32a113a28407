"""The search functions anew: they read more of the order's first rows before they ask the search index."""

from django.db import migrations

from deals.search import ACCOUNT_SEARCH, COMPANIES, CONTACTS, DEAL_SEARCH
from partnerhub.tenancy.searching import search_again


class Migration(migrations.Migration):
    dependencies = [("deals", "0024_deal_search_index")]

    operations = [search_again(table) for table in (COMPANIES, CONTACTS, ACCOUNT_SEARCH, DEAL_SEARCH)]
