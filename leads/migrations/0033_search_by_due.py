"""The search function anew: it narrows and orders by due times too."""

from django.db import migrations

from leads.search import LEADS
from partnerhub.tenancy.searching import search_again


class Migration(migrations.Migration):
    dependencies = [("leads", "0032_leads_by_due")]

    operations = [search_again(LEADS)]
