"""Everybody's acts are measured by the rules; the vendor alone writes them."""

from django.db import migrations

from partnerhub.tenancy.walls import ALL_PARTNERS, INSIDE, guard, wall


class Migration(migrations.Migration):
    dependencies = [("protection", "0003_rules")]

    operations = [
        wall("protection_protectionrules", see=INSIDE),
        guard("protection_protectionrules", write=ALL_PARTNERS),
    ]
