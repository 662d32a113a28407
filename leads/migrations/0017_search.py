"""The search of leads by the one algorithm. `lead_search` stays for the code of the former release."""

from django.db import migrations

from leads.search import LEADS
from partnerhub.tenancy.searching import search_made


class Migration(migrations.Migration):
    dependencies = [("leads", "0016_search_by_partner"), ("tenancy", "0004_search_terms")]

    operations = [search_made(LEADS)]
