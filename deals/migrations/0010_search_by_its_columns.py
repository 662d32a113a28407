"""The search functions anew: they read of each row only what they search by, and walk the order where that is short."""

from django.db import migrations

from deals.search import COMPANIES, CONTACTS
from partnerhub.tenancy.searching import search_again


class Migration(migrations.Migration):
    dependencies = [("deals", "0009_name_core")]

    operations = [search_again(COMPANIES), search_again(CONTACTS)]
