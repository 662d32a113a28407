"""What a member may see of queues, of the leads in them, and of claims."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.claims.models import Claim, ClaimCounter, Queue, QueuedLead
from partnerhub.claims.states import DECLINED_OR_RETURNED, OPEN_CLAIMS, WAITING, Whereabouts
from partnerhub.errors import Reason
from partnerhub.partners.models import Partner, Tier
from partnerhub.partners.states import Status as PartnerStatus
from partnerhub.roles import LEADS_VIEW, LEADS_VIEW_ALL, QUEUES_MANAGE, VENDOR
from partnerhub.web.visibility import EVERYTHING, NOTHING, Among, Empty, Holds, Is, Linked, Rule


def seen_by(membership: Seat) -> Rule:
    """Which leads of the vendor's a member may know of: what waits for all partners, or did, and what is theirs.

    A queue that is open to some tiers shows its leads to partners of these alone (E22). The wall says besides that a
    partner knows nothing more of what it has declined or returned.
    """
    if not membership.can(LEADS_VIEW):
        return NOTHING
    if membership.side == VENDOR:
        return EVERYTHING if membership.can(LEADS_VIEW_ALL) else NOTHING
    partner = cast("Membership", membership).partner
    open_queues = Linked(Queue, "id", open_to(partner.tier_id if partner else None), here="queue_id")
    waits = Among("place", (Whereabouts.QUEUE.value, Whereabouts.CLAIMED.value))
    return (waits & open_queues) | Is("partner_id", membership.partner_id)


def open_to(tier_id: UUID | None) -> Rule:
    """Which queues partners of this tier, or of none, take leads from."""
    return Empty("tiers") | Holds("tiers", tier_id) if tier_id else Empty("tiers")


def waiting_leads_for(membership: Seat) -> QuerySet[QueuedLead]:
    """The leads that this member's partner can take now."""
    return known_to(membership).filter(place__in=WAITING).select_related("program")


def known_to(membership: Seat) -> QuerySet[QueuedLead]:
    """Those that this member may know of, taken ones too."""
    return QueuedLead.objects.filter(seen_by(membership).lookup())


def taken_of(ids: Collection[UUID], membership: Seat) -> list[tuple[QueuedLead, bool]]:
    """Of these rows those that a partner has taken meanwhile, and whether it is the member's own. Two statements."""
    rows = list(known_to(membership).filter(pk__in=ids, place=Whereabouts.CLAIMED))
    claims = Claim.objects.filter(lead__in=[row.lead_id for row in rows], status__in=OPEN_CLAIMS)
    own = set(claims.filter(partner=membership.partner_id).values_list("lead_id", flat=True))
    return [(row, row.lead_id in own) for row in rows]


def able_partners() -> QuerySet[Partner]:
    """The partners that leads can go to."""
    return Partner.objects.filter(status=PartnerStatus.ACTIVE, is_active=True)


def queues_for(membership: Seat) -> QuerySet[Queue]:
    """The queues, in their order, for whoever works with them."""
    rows: QuerySet[Queue] = Queue.objects.order_by("position", "name")
    return rows if membership.side == VENDOR and membership.can(QUEUES_MANAGE) else rows.none()


def claims_for(membership: Seat) -> QuerySet[Claim]:
    """The claims that this member may see: of the own partner, or of all."""
    if not membership.can(LEADS_VIEW):
        return Claim.objects.none()
    rows = Claim.objects.select_related("partner", "queue", "holder__user")
    return rows if membership.side == VENDOR else rows.filter(partner=membership.partner_id)


def claim_on(lead: Lead) -> Claim | None:
    """The open claim on a lead, as the reader's wall lets it through."""
    return Claim.objects.filter(lead=lead, status__in=OPEN_CLAIMS).select_related("partner", "queue").first()


def place_of(lead_id: UUID) -> QueuedLead | None:
    """Where a lead that the vendor brought is; None for others."""
    return QueuedLead.objects.filter(lead=lead_id).select_related("queue", "partner", "program").first()


def open_queues() -> list[Queue]:
    """The queues that take leads, in the order in which they are asked, the fallback last. One statement."""
    rows = Queue.objects.filter(Q(is_active=True) | Q(is_fallback=True))
    return list(rows.order_by("is_fallback", "position", "name"))


def queue_among(queues: Iterable[Queue], program: UUID, country: str) -> Queue | None:
    """The first of these that takes leads of this program and country; the fallback takes any."""
    return next((queue for queue in queues if queue.is_fallback or _takes(queue, program, country)), None)


def _takes(queue: Queue, program: UUID, country: str) -> bool:
    fits = not queue.programs or program in queue.programs
    return fits and (not queue.countries or country in queue.countries)


def queue_for(program: UUID, country: str, *, after: Queue | None = None) -> Queue | None:
    """The first open queue that takes leads of this program and country, else the fallback; `after`: a later one."""
    queues = open_queues()
    if after is not None:
        queues = [one for one in queues if one.is_fallback or (one.position >= after.position and one.pk != after.pk)]
    return queue_among(queues, program, country)


def may_have(lead_id: UUID, partner: Partner) -> bool:
    """Whether this lead may be offered to the partner: it has neither declined nor returned it."""
    return not Claim.objects.filter(lead=lead_id, partner=partner, status__in=DECLINED_OR_RETURNED).exists()


@dataclass(frozen=True)
class Holding:
    """How many leads a partner holds, of how many it may; `again` is the day on which the next is possible."""

    held: int
    most: int
    again: date | None = None

    @property
    def is_full(self) -> bool:
        return self.again is not None or self.held >= self.most


def holding_of(partner: Partner) -> Holding:
    """By its tier, and for what that leaves open, by the widest queue that is open to it. Three statements at most."""
    most, per_day, per_week = limits_of(partner)
    counter = ClaimCounter.objects.filter(partner=partner).first()
    if counter is None:
        return Holding(0, most)
    return Holding(counter.held, most, _again(counter, per_day, per_week))


def limits_of(partner: Partner) -> tuple[int, int, int]:
    """How many leads it may hold at once, and take in a day and in a week. Two statements at most."""
    queues = Queue.objects.filter(open_to(partner.tier_id).lookup(), is_active=True)
    rows = [*queues.values_list("held_at_most", "per_day", "per_week")]
    tiers = Tier.objects.filter(pk__in=[partner.tier_id] if partner.tier_id else [], is_retired=False)
    own = tiers.values_list("claim_limit", "claims_per_day", "claims_per_week").first() or (None, None, None)
    most, per_day, per_week = (own[at] or max((row[at] for row in rows), default=0) for at in range(3))
    return most, per_day, per_week


def why_full(partner_id: UUID, held: int, per_day: int, per_week: int) -> Reason:
    """Which limit a claim of this partner has met, and when the next is possible."""
    counter = ClaimCounter.objects.get(partner=partner_id)
    if counter.held >= held:
        return Reason(
            "held",
            _("Your organisation holds as many leads as it may."),
            who=_("The next is possible when you return one, or one is decided."),
        )
    again = _again(counter, per_day, per_week) or localdate() + timedelta(days=1)
    text = _("Your organisation has taken as many leads as it may for now. The next is possible on %(day)s.")
    return Reason("limit", str(text) % {"day": again.isoformat()})


def _again(counter: ClaimCounter, per_day: int, per_week: int) -> date | None:
    today = localdate()
    monday = today - timedelta(days=today.weekday())
    if counter.week == monday and counter.in_week >= per_week:
        return monday + timedelta(days=7)
    if counter.day == today and counter.on_day >= per_day:
        return today + timedelta(days=1)
    return None
