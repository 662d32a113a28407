from django.db import migrations

from partnerhub.tenancy.walls import anchor, link, own_partner, wall


class Migration(migrations.Migration):
    dependencies = [("appeals", "0001_initial"), ("leads", "0002_walls"), ("accounts", "0002_walls")]

    operations = [
        anchor("appeals_appeal"),
        link("appeals_appeal", "partner_id", "partners_partner"),
        link("appeals_appeal", "lead_id", "leads_lead"),
        link("appeals_appeal", "appealed_by_id", "accounts_membership"),
        wall("appeals_appeal", see=own_partner()),
        anchor("appeals_leadclone"),
        link("appeals_leadclone", "partner_id", "partners_partner"),
        link("appeals_leadclone", "source_id", "leads_lead"),
        link("appeals_leadclone", "clone_id", "leads_lead"),
        link("appeals_leadclone", "made_by_id", "accounts_membership"),
        wall("appeals_leadclone", see=own_partner()),
    ]
