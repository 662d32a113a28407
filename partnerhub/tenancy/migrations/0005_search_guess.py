"""What the search asks of the planner, beside its other terms."""

from django.db import migrations

from partnerhub.tenancy.searching import search_terms_made


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0004_search_terms")]

    operations = [search_terms_made()]
