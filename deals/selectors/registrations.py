"""Which deal registrations a member may see, the tenant's rules for them, and whether another partner is protected."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from deals.models import Deal, DealRegistration, DealRegistrationRule
from deals.selectors.deals import deals_seen_by
from partnerhub.actors import Seat
from partnerhub.roles import DEALS_VIEW, DEALS_VIEW_ALL, VENDOR
from partnerhub.web.visibility import EVERYTHING, NOTHING, Is, Linked, Rule

AskProtected = Callable[[Sequence[str], UUID], datetime | None]
"""(keys of a business, partner) → until when it is protected for another partner; who asks holds those keys alone."""
_protectors: list[AskProtected] = []


def register_protector(ask: AskProtected) -> None:
    """Records of apps above protect businesses too."""
    _protectors.append(ask)


def protected_for_another(keys: Sequence[str], partner_id: UUID) -> datetime | None:
    """Until when the business with these keys is protected for another partner; None where it is not."""
    found = [until for ask in _protectors if keys and (until := ask(keys, partner_id))]
    return max(found, default=None)


def registrations_seen_by(by: Seat) -> Rule:
    """The vendor's people with deals all; partners their own, of the deals that one sees."""
    if not by.can(DEALS_VIEW):
        return NOTHING
    if by.side == VENDOR:
        return EVERYTHING
    own = Is("partner_id", by.partner_id)
    sees_all = by.can(DEALS_VIEW_ALL) or by.stands_for(DEALS_VIEW_ALL)
    return own if sees_all else own & Linked(Deal, "id", deals_seen_by(by), here="deal_id")


def registration_rule() -> DealRegistrationRule:
    """The tenant's rules; as they come with the portal where nobody has changed them."""
    return DealRegistrationRule.objects.first() or DealRegistrationRule()


def registration_of(deal: Deal, by: Seat) -> DealRegistration | None:
    """The registration of a deal that the member sees: of the partner whose deal it is."""
    rows = DealRegistration.objects.filter(registrations_seen_by(by).lookup(), deal=deal)
    return rows.select_related("partner", "deal").order_by("-updated_at").first()
