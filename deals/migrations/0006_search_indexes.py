"""The indexes of the search, beside the work on the tables."""

from django.db import migrations

from deals.search import COMPANIES, CONTACTS
from partnerhub.tenancy.searching import search_index


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("deals", "0005_search")]

    operations = [search_index(COMPANIES), search_index(CONTACTS)]
