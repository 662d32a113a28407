from django.db import migrations

from partnerhub.tenancy.walls import anchor, link, own_partner, wall


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("leads", "0002_walls"), ("accounts", "0002_walls")]

    operations = [
        anchor("intake_intakelink"),
        link("intake_intakelink", "partner_id", "partners_partner"),
        link("intake_intakelink", "program_id", "leads_program"),
        link("intake_intakelink", "made_by_id", "accounts_membership"),
        wall("intake_intakelink", see=own_partner()),
        anchor("intake_intake"),
        link("intake_intake", "partner_id", "partners_partner"),
        link("intake_intake", "link_id", "intake_intakelink"),
        link("intake_intake", "lead_id", "leads_lead"),
        wall("intake_intake", see=own_partner()),
    ]
