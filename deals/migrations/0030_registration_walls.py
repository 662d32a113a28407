"""Deal registrations behind their walls: a partner its own; the rules are read by both sides, written by the vendor's."""

from django.db import migrations

from partnerhub.tenancy.walls import ALL_PARTNERS, INSIDE, anchor, due_door, guard, link, own_partner, reader_sees, wall


class Migration(migrations.Migration):
    dependencies = [("deals", "0029_registrations"), ("partners", "0002_walls")]

    operations = [
        anchor("deals_dealregistration"),
        link("deals_dealregistration", "partner_id", "partners_partner"),
        link("deals_dealregistration", "deal_id", "deals_deal"),
        wall("deals_dealregistration", see=own_partner()),
        wall("deals_dealregistrationrule", see=INSIDE),
        guard("deals_dealregistrationrule", write=ALL_PARTNERS),
        reader_sees("deals_dealregistration"),
        due_door(
            "due_deal_registrations",
            "deals_dealregistration",
            (
                "until",
                """r.status = 'active' AND r.until <= at + interval '14 days' AND (
                    r.until <= at OR r.reminded IS NULL
                    OR (r.reminded > 7 AND r.until <= at + interval '7 days')
                    OR (r.reminded > 1 AND r.until <= at + interval '1 day'))""",
            ),
        ),
    ]
