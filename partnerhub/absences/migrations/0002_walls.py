from django.db import migrations

from partnerhub.tenancy.walls import anchor, guard, link, own_partner, wall


class Migration(migrations.Migration):
    dependencies = [("absences", "0001_initial"), ("accounts", "0002_walls"), ("partners", "0002_walls")]

    operations = [
        anchor("absences_absence"),
        link("absences_absence", "partner_id", "partners_partner"),
        link("absences_absence", "member_id", "accounts_membership"),
        link("absences_absence", "deputy_id", "accounts_membership"),
        # A partner knows when the vendor's people, who look after its leads, are away; it plans its own people's alone.
        wall("absences_absence", see=own_partner(also="partner_id IS NULL")),
        guard("absences_absence", write=own_partner()),
    ]
