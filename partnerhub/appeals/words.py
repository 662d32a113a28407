"""Registers with the packages below: the place of appeals in the navigation, and the words for a cloned lead."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_told
from partnerhub.roles import LEADS_VIEW, PARTNER
from partnerhub.states import Told
from partnerhub.web.navigation import Place, register_places

APPEALS_PLACE = Place(_("Appeals"), "appeals:appeals", "flag", "referrals", 26, LEADS_VIEW)
CLONED = Told("lead.cloned", _("Lead cloned"), _("Cloned into a new draft"), "mute", "file", audience=PARTNER)


def register() -> None:
    """Called once when the app is ready."""
    register_places((APPEALS_PLACE,))
    register_told((CLONED,))
