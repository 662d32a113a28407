"""The index of the accounts' search, beside the work on the table."""

from django.db import migrations

from deals.search import ACCOUNT_SEARCH
from partnerhub.tenancy.searching import search_index


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("deals", "0011_vendor_accounts")]

    operations = [search_index(ACCOUNT_SEARCH)]
