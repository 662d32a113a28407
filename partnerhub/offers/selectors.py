"""Which offered deals a member may see, whom they are with, and to which partners a deal can be offered."""

from django.db.models import QuerySet

from partnerhub.actors import Seat
from partnerhub.offers.models import DealOffer, OfferedCustomer
from partnerhub.partners.models import Partner
from partnerhub.partners.states import Status as PartnerStatus
from partnerhub.roles import OFFERS_VIEW, VENDOR
from partnerhub.web.visibility import EVERYTHING, NOTHING, Is, Rule


def offers_seen_by(by: Seat) -> Rule:
    """The vendor's people all of them; a partner its own."""
    if not by.can(OFFERS_VIEW):
        return NOTHING
    return EVERYTHING if by.side == VENDOR else Is("partner_id", by.partner_id)


def customer_of_offer(offer: DealOffer) -> OfferedCustomer | None:
    """Whom it is with; None for a partner, whom the wall shows no such row."""
    return OfferedCustomer.objects.filter(offer=offer).first()


def partners_to_offer() -> QuerySet[Partner]:
    """Those that can be offered a deal."""
    return Partner.objects.filter(status=PartnerStatus.ACTIVE, is_active=True)
