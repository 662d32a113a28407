from django.db import migrations

from partnerhub.tenancy.walls import anchor, link, own_partner, wall


class Migration(migrations.Migration):
    dependencies = [("protection", "0001_initial"), ("leads", "0002_walls")]

    operations = [
        anchor("protection_protection"),
        link("protection_protection", "partner_id", "partners_partner"),
        link("protection_protection", "lead_id", "leads_lead"),
        wall("protection_protection", see=own_partner()),
    ]
