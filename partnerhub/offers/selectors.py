"""Which offered deals a member may see, whom they are with, and to which partners a deal can be offered."""

from django.db.models import QuerySet

from partnerhub.actors import Seat
from partnerhub.offers.models import DealOffer, OfferedCustomer
from partnerhub.partners.models import Partner
from partnerhub.partners.states import Status as PartnerStatus
from partnerhub.roles import DEALS_VIEW, DEALS_VIEW_ALL, VENDOR
from partnerhub.web.visibility import EVERYTHING, NOTHING, Is, Rule


def offers_seen_by(by: Seat) -> Rule:
    """The vendor's people with deals all of them; of a partner those who see all its deals: there is no team yet."""
    if not by.can(DEALS_VIEW):
        return NOTHING
    if by.side == VENDOR:
        return EVERYTHING
    sees_all = by.can(DEALS_VIEW_ALL) or by.stands_for(DEALS_VIEW_ALL)
    return Is("partner_id", by.partner_id) if sees_all else NOTHING


def customer_of_offer(offer: DealOffer) -> OfferedCustomer | None:
    """Whom it is with; None for a partner, whom the wall shows no such row."""
    return OfferedCustomer.objects.filter(offer=offer).first()


def partners_to_offer() -> QuerySet[Partner]:
    """Those that can be offered a deal."""
    return Partner.objects.filter(status=PartnerStatus.ACTIVE, is_active=True)
