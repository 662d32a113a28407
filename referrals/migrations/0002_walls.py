from django.db import migrations

from partnerhub.tenancy.walls import anchor, link, own_partner, wall


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("leads", "0002_walls"), ("accounts", "0002_walls")]

    operations = [
        anchor("referrals_referral"),
        link("referrals_referral", "partner_id", "partners_partner"),
        link("referrals_referral", "lead_id", "leads_lead"),
        link("referrals_referral", "program_id", "leads_program"),
        link("referrals_referral", "submitted_by_id", "accounts_membership"),
        wall("referrals_referral", see=own_partner()),
    ]
