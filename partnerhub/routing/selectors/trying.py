"""What a version of the rules would have done with past leads: a reckoning, nothing is written (E9)."""

from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from uuid import UUID

from django.utils.translation import gettext as _

from leads.models import Lead
from leads.selectors import listed_leads
from leads.states import OPEN
from partnerhub.accounts.models import Membership
from partnerhub.calendars.hours import is_open
from partnerhub.calendars.selectors import current_calendar
from partnerhub.claims.models import QueuedLead
from partnerhub.claims.selectors import open_queues, queue_among
from partnerhub.claims.states import Whereabouts
from partnerhub.routing.models import LeadRouting, RuleSet
from partnerhub.routing.selectors.deciding import LeadFacts, decide
from partnerhub.routing.selectors.reading import fallbacks
from partnerhub.routing.selectors.saying import routed_words
from partnerhub.routing.selectors.world import facts_about, routings_of, world_of
from partnerhub.routing.states import RoutingOutcome, RoutingRule, TargetKind

LEADS_TRIED = 500
BY_RULES = frozenset({RoutingOutcome.RULE, RoutingOutcome.FALLBACK})


@dataclass(frozen=True)
class Tried:
    """A past lead: who has it and why, and what these rules would have done with it."""

    lead: Lead
    has: str
    has_why: str
    would: LeadRouting
    is_same: bool

    @property
    def would_why(self) -> str:
        return routed_words(self.would)

    @property
    def is_taken(self) -> bool:
        """Whether one of the rules would have taken it."""
        return self.would.outcome == RoutingOutcome.RULE


def tried(rule_set: RuleSet, membership: Membership) -> list[Tried]:
    """What this version would do with the last leads that the member sees, the newest first.

    The same number of statements for one lead and for 500. Leads are decided in the order in which they came in, each
    in the hours of its moment; whoever gets one has it until the lead was closed. Nobody is taken to be away.
    """
    rows = listed_leads(membership).order_by("-submitted_at", "-pk")
    leads = list(rows.select_related("partner", "program", "representative__user")[:LEADS_TRIED])
    trial = _Trial(rule_set.parsed, rule_set.number, leads)
    found = [trial.one(lead) for lead in reversed(leads)]
    return found[::-1]


class _Trial:
    """One run over leads, the oldest first; reads all it needs when it begins."""

    def __init__(self, rules: list[RoutingRule], number: int, leads: list[Lead]) -> None:
        keys = [lead.pk for lead in leads]
        rows = QueuedLead.objects.filter(lead__in=keys).select_related("queue", "partner")
        self.rules, self.number = rules, number
        self.places = {place.lead_id: place for place in rows}
        self.routings = routings_of(keys)
        self.fallbacks, self.queues, self.hours = fallbacks(), open_queues(), current_calendar().hours
        self.world = world_of(rules, None)
        self.going: list[tuple[datetime, str]] = []
        for lead in leads:
            self._take_off(lead)

    def one(self, lead: Lead) -> Tried:
        moment = lead.submitted_at or lead.created_at
        while self.going and self.going[0][0] <= moment:
            self.world.take(heappop(self.going)[1])
        self.world.is_open = is_open(self.hours, moment)
        place, routing = self.places.get(lead.pk), self.routings.get(lead.pk)
        would = self._would(lead, facts_about(lead, place, routing))
        if would.target_id:
            self._give(lead, str(would.target_id))
        target, name = _has(lead, place)
        is_by_rules = routing is not None and routing.outcome in BY_RULES and routing.target_id == target
        why = routed_words(routing) if routing and is_by_rules else _("Without the rules.")
        return Tried(lead, name, why if target else "", would, is_same=target == would.target_id)

    def _would(self, lead: Lead, facts: LeadFacts) -> LeadRouting:
        """A routing that is not kept."""
        routing = LeadRouting(lead=lead, set_number=self.number, outcome=RoutingOutcome.RULE)
        decision = decide(self.rules, facts, self.world)
        if decision is None:
            return self._left(routing, facts)
        routing.rule_number, routing.rule_name, routing.why = decision.number, decision.rule.name, decision.why
        routing.aim(decision.rule.kind, UUID(decision.target), self.world.names[decision.target])
        return routing

    def _left(self, routing: LeadRouting, facts: LeadFacts) -> LeadRouting:
        """No rule takes it: the fallback of its program, or of the queues."""
        routing.outcome = RoutingOutcome.FALLBACK
        named = self.fallbacks.get(routing.lead.program_id)
        queue = None if facts.is_partners else queue_among(self.queues, routing.lead.program_id, facts.country)
        if facts.is_partners and named and str(named) in self.world.names:
            routing.aim(TargetKind.REPRESENTATIVE, named, self.world.names[str(named)])
        elif queue:
            routing.aim(TargetKind.QUEUE, queue.pk, queue.name)
        else:
            routing.outcome = RoutingOutcome.NOBODY
        return routing

    def _take_off(self, lead: Lead) -> None:
        """Today's load without this lead: it is dealt anew."""
        target, _name = _has(lead, self.places.get(lead.pk))
        if target and lead.status in OPEN:
            self.world.take(str(target))

    def _give(self, lead: Lead, target: str) -> None:
        self.world.give(target)
        if lead.status not in OPEN:
            heappush(self.going, (lead.status_changed_at, target))


def _has(lead: Lead, place: QueuedLead | None) -> tuple[UUID | None, str]:
    """Who or what has the lead now: the representative of a partner's; of the vendor's own its partner or queue."""
    if place is None:
        return (lead.representative.pk, lead.representative.name) if lead.representative else (None, _("Unassigned"))
    partner = lead.partner or place.partner
    if partner is not None:
        return partner.pk, partner.name
    is_queued = place.place == Whereabouts.QUEUE
    return (place.queue.pk, place.queue.name) if is_queued else (None, str(Whereabouts(place.place).label))
