"""Offered deals behind their walls: a partner its own; whom they are with, the vendor's side alone (E31)."""

from django.db import migrations

from partnerhub.tenancy.walls import ALL_PARTNERS, anchor, due_door, link, own_partner, reader_sees, wall


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0001_initial"),
        ("accounts", "0002_walls"),
        ("partners", "0002_walls"),
        ("deals", "0021_deal_walls"),
    ]

    operations = [
        anchor("offers_dealoffer"),
        link("offers_dealoffer", "partner_id", "partners_partner"),
        link("offers_dealoffer", "sent_by_id", "accounts_membership"),
        link("offers_dealoffer", "deal_id", "deals_deal"),
        wall("offers_dealoffer", see=own_partner()),
        link("offers_offeredcustomer", "offer_id", "offers_dealoffer"),
        wall("offers_offeredcustomer", see=ALL_PARTNERS),
        reader_sees("offers_dealoffer"),
        due_door(
            "due_offers",
            "offers_dealoffer",
            ("due_at", "r.status = 'received' AND r.due_at <= at"),
            ("remind_at", "r.status = 'received' AND r.remind_at <= at"),
        ),
    ]
