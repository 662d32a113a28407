"""Which products and quotes a member may see, and the link by which a customer reads a quote."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

from deals.models import Deal
from deals.selectors.deals import deals_seen_by
from partnerhub.actors import Seat
from partnerhub.quotes.models import Product, Quote
from partnerhub.quotes.states import ProductStatus
from partnerhub.roles import DEALS_VIEW, PRODUCTS_VIEW, VENDOR
from partnerhub.web.stored_secrets import signing_keys
from partnerhub.web.visibility import EVERYTHING, NOTHING, Is, Linked, Rule

MOST_PRODUCTS = 1000
"""So many a tenant has at most: a form offers all that are active."""


def products_seen_by(by: Seat) -> Rule:
    """The catalogue is one for both sides."""
    return EVERYTHING if by.can(PRODUCTS_VIEW) else NOTHING


def quotes_seen_by(by: Seat) -> Rule:
    """Those of the deals that one sees; of a partner, those of its own deals."""
    if not by.can(DEALS_VIEW):
        return NOTHING
    seen = Linked(Deal, "id", deals_seen_by(by), here="deal_id")
    return seen if by.side == VENDOR else Is("partner_id", by.partner_id) & seen


def active_products() -> QuerySet[Product]:
    """What can be put on a quote, by code."""
    return Product.objects.filter(status=ProductStatus.ACTIVE).order_by("sku")[:MOST_PRODUCTS]


def quote_path(quote_id: UUID | str) -> str:
    """`/quotes/<token>/` below the tenant. The token stands in no event, message or log: it is signed anew."""
    return f"/quotes/{_signer().sign(UUID(str(quote_id)).hex)}/"


def quote_behind(token: str) -> Quote | None:
    """Whose link it is, in the tenant that is named; None for a link that is not ours."""
    try:
        key = UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    return Quote.objects.select_related("partner", "deal__company").filter(pk=key).first()


def _signer() -> Signer:
    key, *former = signing_keys()
    return Signer(key=key, fallback_keys=former, salt="quotes.quote")
