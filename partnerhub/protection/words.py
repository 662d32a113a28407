"""Registers with the packages below: the places of protections and of their rules, and the words of the rules."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events, register_fields
from partnerhub.roles import LEADS_VIEW, PROGRAMS_MANAGE, VENDOR
from partnerhub.web.icons import register_icons
from partnerhub.web.navigation import Place, register_places

RULE_FIELDS = {
    "base_days": _("Days for acceptance"),
    "meeting_days": _("Days for a meeting with a document"),
    "contact_days": _("Days for a confirmed contact"),
    "activity_days": _("Days for a month with activity"),
    "extension_days": _("Days by an extension"),
    "most_days": _("Days together, at most"),
}
PROTECTION_PLACES = (
    Place(_("Protected leads"), "protection:protections", "hourglass", "referrals", 27, LEADS_VIEW),
    Place(_("Rules of protection"), "protection:rules", "hourglass", "programme", 25, PROGRAMS_MANAGE, sides=(VENDOR,)),
)


def register() -> None:
    """Called once when the app is ready."""
    register_places(PROTECTION_PLACES)
    register_events(
        {"protectionrules.changed": _("Rules of protection changed")},
        groups={"protectionrules": _("Rules of protection")},
        subjects={"protectionrules": _("Rules of protection")},
    )
    register_fields("protectionrules", RULE_FIELDS)
    register_icons({"protectionrules": "hourglass"})
