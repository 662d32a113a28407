from django.db import migrations

from partnerhub.tenancy.walls import ALL_PARTNERS, INSIDE, guard, kept, link, own_partner, wall


class Migration(migrations.Migration):
    dependencies = [("clocks", "0001_initial"), ("leads", "0002_walls"), ("partners", "0002_walls")]

    operations = [
        link("clocks_duetimes", "program_id", "leads_program"),
        wall("clocks_duetimes", see=INSIDE),
        guard("clocks_duetimes", write=ALL_PARTNERS),
        link("clocks_clock", "lead_id", "leads_lead"),
        link("clocks_clock", "partner_id", "partners_partner"),
        link("clocks_clock", "program_id", "leads_program"),
        wall("clocks_clock", see=own_partner()),
        kept("clocks_clock"),
    ]
