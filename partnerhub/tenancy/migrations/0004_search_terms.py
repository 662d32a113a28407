"""What the search functions of all tables share."""

from django.db import migrations

from partnerhub.tenancy.searching import search_terms_made


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0003_second_factor_roles")]

    operations = [search_terms_made()]
