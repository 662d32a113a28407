"""Registers with the packages below: rights, places in the navigation, what other systems note."""

from django.utils.translation import gettext_lazy as _

from partnerhub.partners.external import register_external
from partnerhub.roles import REFERRALS_VIEW
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import YES, Right, register_rights

RIGHTS = (
    Right(
        _("See referral history"), _("Successful referrals and what they earned"), ((REFERRALS_VIEW, YES),), position=20
    ),
)
PLACES = (Place(_("Referral history"), "referrals:history", "history", "referrals", 30, REFERRALS_VIEW),)


def register() -> None:
    """Called once when the app is ready."""
    register_rights(RIGHTS)
    register_places(PLACES)
    register_external("referral")
