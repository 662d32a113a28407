"""What the rooms below say of offered deals: rights, places in the navigation."""

from django.utils.translation import gettext_lazy as _

from partnerhub.roles import DEALS_SEND, OFFERS_VIEW
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import YES, Right, register_rights

OFFER_RIGHTS = (
    Right(_("See offered deals"), _("A partner those that it is offered"), ((OFFERS_VIEW, YES),), 37),
    Right(_("Offer deals to partners"), _("And withdraw what waits for an answer"), ((DEALS_SEND, YES),), 36),
)
OFFER_PLACES = (Place(_("Offered deals"), "offers:offers", "send", "opportunities", 15, OFFERS_VIEW),)


def register() -> None:
    """Called once when the app is ready."""
    register_rights(OFFER_RIGHTS)
    register_places(OFFER_PLACES)
