from django.db import migrations

from partnerhub.tenancy.walls import link_checked


class Migration(migrations.Migration):
    dependencies = [("partners", "0011_tier_of_partner")]

    operations = [link_checked("partners_partner", "tier_id")]
