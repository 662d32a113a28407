"""The search of deals anew: by their active registrations too (D6)."""

from django.db import migrations

from deals.search import DEAL_SEARCH
from partnerhub.tenancy.searching import search_again


class Migration(migrations.Migration):
    dependencies = [("deals", "0031_deals_by_registrations")]

    operations = [search_again(DEAL_SEARCH)]
