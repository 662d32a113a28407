"""The triage queues: their rows, what stands beside a lead, and how much each representative has."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Value

from leads.models import IS_OPEN, QUESTIONED, UNASSIGNED, Lead
from leads.selectors.held import unkept
from leads.selectors.lists import UNLISTED
from leads.selectors.programs import representatives
from leads.selectors.scope import leads_for, listed_leads
from leads.states import Status
from partnerhub.accounts.models import Membership
from partnerhub.roles import LEADS_WORK


def waiting_in(queue: str, membership: Membership) -> Q:
    """Which leads wait in a queue of triage; what is set aside waits in none of them but `ours`.

    `queue`: unassigned, unkept (nobody looks after it), mine, waiting (for the partner), questioned (awards), all; ours
    (no partner has it).
    """
    if queue == "ours":
        return Q(partner=None, status=Status.SUBMITTED)
    queues = {
        "unassigned": UNASSIGNED & Q(is_seen=False),
        "mine": IS_OPEN & Q(representative__in=membership.stands_for(LEADS_WORK)),
        "waiting": Q(status=Status.MORE_INFO),
        "questioned": QUESTIONED,
        "all": IS_OPEN,
    }
    wanted = unkept(membership).lookup() if queue == "unkept" else queues[queue]
    return wanted & Q(is_set_aside=False)


def waiting_leads(membership: Membership, *, queue: str = "unassigned") -> QuerySet[Lead]:
    """The rows of a triage queue, nothing with them (see `names_on`)."""
    return listed_leads(membership).filter(waiting_in(queue, membership)).defer(*UNLISTED)


@dataclass(frozen=True)
class Beside:
    """The neighbours of a lead in a queue, and whether it stands in the queue itself."""

    before: UUID | None = None
    after: UUID | None = None
    is_in: bool = False


def beside(rows: QuerySet[Lead], lead: Lead) -> Beside:
    """Who waits next longer and next shorter than this lead, which need not be in the queue any more. One statement."""
    rows = rows.select_related(None).defer(None)
    moment, key = lead.submitted_at, lead.pk
    later = rows.filter(Q(submitted_at__gt=moment) | Q(id__gt=key), submitted_at__gte=moment)
    earlier = rows.filter(Q(submitted_at__lt=moment) | Q(id__lt=key), submitted_at__lte=moment)
    found = (
        later.order_by("submitted_at", "id")
        .values_list("pk", Value("after"))[:1]
        .union(
            earlier.order_by("-submitted_at", "-id").values_list("pk", Value("before"))[:1],
            rows.filter(pk=key).order_by().values_list("pk", Value("is_in"))[:1],
            all=True,
        )
    )
    places: dict[str, Any] = {place: pk for pk, place in found}
    return Beside(places.get("before"), places.get("after"), "is_in" in places)


def workloads(membership: Membership) -> list[tuple[Membership, int]]:
    """Whom a lead can be assigned to, by name, each with the number of open leads they have. Two statements."""
    open_leads = leads_for(membership).filter(IS_OPEN, representative__isnull=False).order_by()
    counts = dict(open_leads.values_list("representative").annotate(many=Count("pk")))
    return [(member, counts.get(member.pk, 0)) for member in representatives()]
