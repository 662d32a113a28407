"""What the rooms below say of products and quotes: events of deals, rights, places in the navigation."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_told
from partnerhub.quotes.states import QUOTES_TOLD
from partnerhub.roles import DEALS_VIEW, PARTNER, PRODUCTS_VIEW, QUOTES_MANAGE, VENDOR
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import YES, Right, register_rights

RIGHTS = (
    Right(_("See products"), _("What can be put on quotes"), ((PRODUCTS_VIEW, YES),), 130),
    Right(_("Make quotes"), _("Draft, send and withdraw them, on deals that one sees"), ((QUOTES_MANAGE, YES),), 131),
)
PLACES = (
    Place(_("Quotes"), "quotes:quotes", "file", "opportunities", 40, DEALS_VIEW),
    Place(_("Products"), "quotes:products", "layers", "opportunities", 50, PRODUCTS_VIEW, sides=(PARTNER,)),
    Place(_("Products"), "quotes:products", "layers", "programme", 33, PRODUCTS_VIEW, sides=(VENDOR,)),
)


def register() -> None:
    """Called once when the app is ready."""
    register_told(QUOTES_TOLD)
    register_rights(RIGHTS)
    register_places(PLACES)
