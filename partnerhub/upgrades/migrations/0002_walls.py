from django.db import migrations

from partnerhub.tenancy.walls import ALL_PARTNERS, INSIDE, anchor, append_only, guard, link, own_partner, wall


class Migration(migrations.Migration):
    dependencies = [("upgrades", "0001_initial"), ("leads", "0002_walls"), ("accounts", "0002_walls")]

    operations = [
        anchor("upgrades_upgradeterms"),
        link("upgrades_upgradeterms", "published_by_id", "accounts_membership"),
        wall("upgrades_upgradeterms", see=INSIDE),
        guard("upgrades_upgradeterms", write=ALL_PARTNERS),
        append_only("upgrades_upgradeterms"),
        anchor("upgrades_upgradeinvitation"),
        link("upgrades_upgradeinvitation", "partner_id", "partners_partner"),
        link("upgrades_upgradeinvitation", "lead_id", "leads_lead"),
        link("upgrades_upgradeinvitation", "terms_id", "upgrades_upgradeterms"),
        link("upgrades_upgradeinvitation", "sent_by_id", "accounts_membership"),
        wall("upgrades_upgradeinvitation", see=own_partner()),
    ]
