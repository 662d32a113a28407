"""Which solutions a member may see, and which of them a deal can be opened with."""

from uuid import UUID

from django.db.models import QuerySet

from partnerhub.actors import Seat
from partnerhub.partners import kept
from partnerhub.partners.models import Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.roles import SOLUTIONS_VIEW
from partnerhub.web.visibility import NOTHING, Rule


def seen_by(by: Seat) -> Rule:
    """The own partner's; all partners' on the vendor side."""
    return kept.seen_by(by) if by.can(SOLUTIONS_VIEW) else NOTHING


def offered_by(partner_id: UUID | None) -> QuerySet[Solution]:
    """What a partner offers now, by name, whatever its review says."""
    rows: QuerySet[Solution] = Solution.objects.filter(partner=partner_id, is_retired=False)
    return rows.exclude(status=SolutionStatus.WITHDRAWN).order_by("name")


def co_sell_ready_of(partner_id: UUID | None) -> QuerySet[Solution]:
    """Those of them that are published and co-sell ready: a deal names at least one (B4)."""
    return offered_by(partner_id).filter(status=SolutionStatus.CO_SELL_READY)
