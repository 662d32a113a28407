"""Registrations behind their walls: a partner its own; incentives and rules are read by both sides, written by one."""

from django.db import migrations

from partnerhub.tenancy.walls import ALL_PARTNERS, INSIDE, anchor, due_door, guard, link, own_partner, reader_sees, wall

WITH_PARTNER = "r.status IN ('draft', 'action_required')"


class Migration(migrations.Migration):
    dependencies = [
        ("registrations", "0001_initial"),
        ("accounts", "0002_walls"),
        ("partners", "0015_solution_anchor"),
        ("deals", "0021_deal_walls"),
    ]

    operations = [
        anchor("registrations_incentive"),
        wall("registrations_incentive", see=INSIDE),
        guard("registrations_incentive", write=ALL_PARTNERS),
        wall("registrations_registrationrule", see=INSIDE),
        guard("registrations_registrationrule", write=ALL_PARTNERS),
        anchor("registrations_registration"),
        link("registrations_registration", "partner_id", "partners_partner"),
        link("registrations_registration", "deal_id", "deals_deal"),
        link("registrations_registration", "incentive_id", "registrations_incentive"),
        link("registrations_registration", "solution_id", "partners_solution"),
        link("registrations_registration", "owner_id", "accounts_membership"),
        link("registrations_registration", "amount_approved_by_id", "accounts_membership"),
        wall("registrations_registration", see=own_partner()),
        reader_sees("registrations_registration"),
        due_door(
            "due_registrations",
            "registrations_registration",
            ("due_at", f"{WITH_PARTNER} AND r.due_at <= at"),
            ("remind_at", f"{WITH_PARTNER} AND r.remind_at <= at"),
        ),
    ]
