"""Responses behind their walls: a partner its own; the rules are read by both sides and written by the vendor's."""

from django.db import migrations

from partnerhub.tenancy.walls import ALL_PARTNERS, INSIDE, anchor, due_door, guard, link, own_partner, reader_sees, wall


class Migration(migrations.Migration):
    dependencies = [
        ("responses", "0001_initial"),
        ("accounts", "0002_walls"),
        ("partners", "0002_walls"),
        ("deals", "0021_deal_walls"),
    ]

    operations = [
        anchor("responses_vendorresponse"),
        link("responses_vendorresponse", "partner_id", "partners_partner"),
        link("responses_vendorresponse", "deal_id", "deals_deal"),
        link("responses_vendorresponse", "previous_id", "responses_vendorresponse"),
        link("responses_vendorresponse", "representative_id", "accounts_membership"),
        wall("responses_vendorresponse", see=own_partner()),
        link("responses_responserule", "representative_id", "accounts_membership"),
        wall("responses_responserule", see=INSIDE),
        guard("responses_responserule", write=ALL_PARTNERS),
        reader_sees("responses_vendorresponse"),
        due_door(
            "due_responses",
            "responses_vendorresponse",
            ("due_at", "r.status = 'pending' AND r.due_at <= at"),
            ("remind_at", "r.status = 'pending' AND r.remind_at <= at"),
        ),
    ]
