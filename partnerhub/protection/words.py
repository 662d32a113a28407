"""Registers with the packages below: the place of protections in the navigation."""

from django.utils.translation import gettext_lazy as _

from partnerhub.roles import LEADS_VIEW
from partnerhub.web.navigation import Place, register_places

PROTECTION_PLACE = Place(_("Protected leads"), "protection:protections", "hourglass", "referrals", 27, LEADS_VIEW)


def register() -> None:
    """Called once when the app is ready."""
    register_places((PROTECTION_PLACE,))
