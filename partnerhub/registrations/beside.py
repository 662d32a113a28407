"""What the page of a deal shows of its registrations: what it needs, what it can be registered for, what it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now

from deals.models import Deal
from deals.states.deals import IS_ACTIVE, DealStatus
from partnerhub.accounts.models import Membership
from partnerhub.errors import Reason
from partnerhub.records.people import people
from partnerhub.registrations.models import Incentive, Registration
from partnerhub.registrations.selectors import conditions_for, conditions_of, incentives_offered
from partnerhub.registrations.services import REGISTRATIONS
from partnerhub.registrations.states import IS_OVER, REGISTERED_TONES, RegisteredStatus
from partnerhub.roles import REGISTRATIONS_REGISTER, REGISTRATIONS_VIEW
from partnerhub.web.actions import Action
from partnerhub.web.lists import cells as cell

REGISTRATION_PART = "registrations/part.html"
MOST_CLAIMS_SHOWN = 20


@dataclass(frozen=True)
class ShownRegistration:
    """One of the deal's: with its state, and what happens next."""

    record: Registration
    pill: SafeString
    next: str


@dataclass(frozen=True)
class Offer:
    """An incentive, and what it asks of the deal."""

    incentive: Incentive
    reasons: list[Reason]

    @property
    def is_open(self) -> bool:
        return all(one.ok for one in self.reasons)


def registration_part(deal: Deal, membership: Membership) -> Mapping[str, Any] | None:
    """Registrations of the deal, the conditions of another one, and the way to it; None where it can have none."""
    is_won = deal.status == DealStatus.WON
    may_be = is_won or (deal.status in IS_ACTIVE and not deal.is_private)
    if not may_be or not membership.can(REGISTRATIONS_VIEW):
        return None
    rows = list(REGISTRATIONS.rows(membership).filter(deal=deal).order_by("-created_at")[:MOST_CLAIMS_SHOWN])
    live = {row.incentive_id for row in rows if row.status not in IS_OVER}
    (conditions,) = people().with_names([conditions_of(deal)], membership)
    is_ready = all(one.ok for one in conditions)
    offered = [one for one in incentives_offered() if one.pk not in live] if is_ready else []
    lists = people().with_names([conditions_for(deal, one) for one in offered], membership)
    offers = [Offer(one, reasons) for one, reasons in zip(offered, lists, strict=True)]
    can = membership.can(REGISTRATIONS_REGISTER) and any(one.is_open for one in offers)
    return {
        "rows": [_shown(row) for row in rows],
        "conditions": conditions if offers or not rows else [],
        "offers": offers,
        "act": Action("register", _now("Register"), reverse("registrations:register", args=[deal.pk])) if can else None,
    }


def _shown(row: Registration) -> ShownRegistration:
    pill = cell.Status("status", RegisteredStatus, REGISTERED_TONES).pill(row)
    return ShownRegistration(row, pill, REGISTRATIONS.next_words(row))
