"""Registers with the packages below: words of events about referrals, rights, places in the navigation."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events
from partnerhub.partners.external import register_external
from partnerhub.roles import REFERRALS_VIEW
from partnerhub.web.icons import register_icons
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import YES, Right, register_rights

GROUPS = {"referral": _("Referrals")}
SUBJECTS = {"referral": _("Referral")}
RIGHTS = (
    Right(
        _("See referral history"), _("Successful referrals and what they earned"), ((REFERRALS_VIEW, YES),), position=20
    ),
)
PLACES = (Place(_("Referral history"), "referrals:history", "history", "referrals", 30, REFERRALS_VIEW),)


def register() -> None:
    """Called once when the app is ready."""
    register_events({}, groups=GROUPS, subjects=SUBJECTS)
    register_rights(RIGHTS)
    register_places(PLACES)
    register_icons({"referral": "coins"})
    register_external("referral")
