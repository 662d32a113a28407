"""The search of companies and contacts by the one algorithm. The doors of the former release stay for its code."""

from django.db import migrations

from deals.search import COMPANIES, CONTACTS
from partnerhub.tenancy.searching import search_made


class Migration(migrations.Migration):
    dependencies = [("deals", "0004_websites_in_letters"), ("tenancy", "0004_search_terms")]

    operations = [search_made(COMPANIES), search_made(CONTACTS)]
