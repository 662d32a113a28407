"""Registers with the packages below: words of events about partners, and rights."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events, register_fields
from partnerhub.partners.external import register_external
from partnerhub.partners.states import FIELDS, Status
from partnerhub.roles import (
    EXTERNAL_MANAGE,
    PARTNERS_ALL,
    PARTNERS_MANAGE,
    PARTNERS_VIEW,
    PROFILE_MANAGE,
    PROFILE_VIEW,
)
from partnerhub.web.enums import register_enums
from partnerhub.web.icons import register_icons
from partnerhub.web.rights import YES, Right, register_rights

EVENTS = {
    "partner.created": _("Partner enrolled"),
    "partner.changed": _("Partner changed"),
    "partner.managers_named": _("Channel managers named"),
    "partner.tier_named": _("Tier named"),
    "location.added": _("Location added"),
    "location.changed": _("Location changed"),
    "tier.added": _("Tier added"),
    "tier.changed": _("Tier changed"),
    "rate.entered": _("Exchange rate entered"),
    "external.noted": _("External id noted"),
}
GROUPS = {
    "partner": _("Partners"),
    "external": _("External systems"),
    "location": _("Locations"),
    "tier": _("Tiers"),
    "rate": _("Exchange rates"),
}
SUBJECTS = {
    "partner": _("Partner"),
    "external": _("External id"),
    "location": _("Location"),
    "tier": _("Tier"),
    "rate": _("Exchange rate"),
}
RIGHTS = (
    Right(_("See partners"), _("The organisations enrolled in the programme"), ((PARTNERS_VIEW, YES),), 40),
    Right(_("Manage partners"), _("Enrol, edit, suspend"), ((PARTNERS_MANAGE, YES),), 41),
    Right(_("Manage all partners"), _("Those that others manage, too"), ((PARTNERS_ALL, YES),), 42),
    Right(
        _("See the business profile"), _("Locations and solutions of the own organisation"), ((PROFILE_VIEW, YES),), 43
    ),
    Right(_("Keep the business profile"), _("Add and change locations and solutions"), ((PROFILE_MANAGE, YES),), 44),
    Right(_("Keep external ids"), _("What own systems call a record, by API"), ((EXTERNAL_MANAGE, YES),), 65),
)

ENTRY = {"name": _("Name"), "is_retired": _("Retired")}
MORE_FIELDS = {
    "location": ENTRY | {"street": _("Street"), "postcode": _("Postcode"), "city": _("City"), "country": _("Country")},
    "tier": ENTRY
    | {
        "position": _("Order"),
        "claim_limit": _("Leads held at once"),
        "claims_per_day": _("Leads taken in a day"),
        "claims_per_week": _("Leads taken in a week"),
        "protection_days": _("Days of protection"),
    },
    "rate": {"rate": _("Rate")},
    "external": {"external_id": _("External id"), "metadata": _("Notes for programs")},
}
"""Of the other records: what is told of their changes."""


def register() -> None:
    """Called once when the app is ready."""
    register_events(EVENTS, groups=GROUPS, subjects=SUBJECTS)
    register_fields("partner", FIELDS, {"status": dict(Status.choices)})
    for subject, names in MORE_FIELDS.items():
        register_fields(subject, names)
    register_rights(RIGHTS)
    register_enums({"PartnerStatus": Status})
    register_icons({"partner": "people"})
    register_external("partner")
