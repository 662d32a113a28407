"""Decides a set of leads by the rules that are on, and acts by the verbs below: by a few statements for all (E9)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from leads.models import Lead
from leads.services import route_leads, stand_in
from partnerhub.accounts.models import Membership
from partnerhub.claims.models import Queue
from partnerhub.claims.services import To, WhereTo, place_by_rule
from partnerhub.claims.services.queues import next_queue
from partnerhub.errors import Refused
from partnerhub.events.models import Audience
from partnerhub.events.services import SYSTEM, Changed, record_each
from partnerhub.partners.models import Partner
from partnerhub.routing.models import LeadRouting, RuleSet
from partnerhub.routing.selectors import (
    Decision,
    LeadFacts,
    World,
    decide,
    fallbacks,
    lead_facts,
    routings_of,
    rule_set_on,
    world_of,
)
from partnerhub.routing.selectors.deciding import Why
from partnerhub.routing.selectors.targets import PEOPLE
from partnerhub.routing.states import RoutingOutcome, RoutingRule, TargetKind

UNTOLD = frozenset({RoutingOutcome.LEFT, RoutingOutcome.WAITING})
DECIDED_COLUMNS = (
    "outcome",
    "set_number",
    "rule_number",
    "rule_name",
    "target_kind",
    "target_id",
    "target_name",
    "why",
    "decided_at",
)


class Router:
    """Routes a set of leads by what is on now. Lives for one transaction, as the system in its tenant."""

    def __init__(self) -> None:
        on: RuleSet | None = rule_set_on()
        self.rules: list[RoutingRule] = on.parsed if on else []
        self.number = on.number if on else None
        self.fallbacks: Mapping[UUID, UUID] = fallbacks()
        self.world: World = world_of(self.rules, self.number)
        self.able: dict[UUID, Membership | None] = {}
        self.given: dict[UUID, Membership] = {}
        self.wanted: dict[UUID, UUID] = {}

    def route(self, ids: Sequence[UUID]) -> int:
        """How many were decided. Partners' leads come first: their people are locked before any lead is."""
        rows = Lead.objects.filter(pk__in=ids).select_related("partner", "program")
        leads = list(rows.order_by("submitted_at", "pk"))
        kept = routings_of(ids)
        facts = lead_facts(leads, kept)
        decided = []
        for lead in sorted(leads, key=lambda one: not facts[one.pk].is_partners):
            routing = kept.get(lead.pk) or LeadRouting(lead=lead)
            self._decide(lead, facts[lead.pk], routing)
            decided.append(routing)
        left = self.given.keys() - route_leads(self.given, self.wanted)
        for routing in decided:
            if routing.lead_id in left:
                _say(routing, RoutingOutcome.LEFT)
        _keep(decided)
        return len(decided)

    def _decide(self, lead: Lead, facts: LeadFacts, routing: LeadRouting) -> None:
        if lead.representative_id and facts.is_partners:
            _say(routing, RoutingOutcome.LEFT)
            return
        routing.set_number, routing.rule_number, routing.rule_name = self.number, None, ""
        routing.aim("", None, "")
        after = routing.passed
        while decision := decide(self.rules, facts, self.world, after=after):
            if self._acts(lead, decision, routing):
                return
            # The rule may name others: it is asked once more, without this one.
            facts = replace(facts, refused=facts.refused | {decision.target})
            after = decision.number - 1
        self._fall_back(lead, facts, routing)

    def _acts(self, lead: Lead, decision: Decision, routing: LeadRouting) -> bool:
        """Bring the lead where the rule says; False where that is not possible any more."""
        target, kind = UUID(decision.target), decision.rule.kind
        away: Why | None = None
        if kind in PEOPLE:
            away = self._give(lead, target, routing, kind)
        elif self._place(lead, _whereto(kind, target)):
            routing.aim(kind, target, self.world.names[decision.target])
            self.world.give(decision.target)
            away = []
        if away is None:
            return False
        routing.rule_number, routing.rule_name = decision.number, decision.rule.name
        _say(routing, RoutingOutcome.RULE, decision.why + away)
        return True

    def _give(self, lead: Lead, wanted: UUID, routing: LeadRouting, kind: str) -> Why | None:
        """Have the lead given to this representative. Gives for whom somebody covers, if so (E28); None: nobody can."""
        if wanted not in self.able:
            self.able[wanted] = stand_in(wanted)
        member = self.able[wanted]
        if member is None:
            return None
        self.given[lead.pk], self.wanted[lead.pk] = member, wanted
        self.world.give(str(member.pk))
        routing.aim(kind, member.pk, member.name)
        return [] if member.pk == wanted else [["away", self.world.names.get(str(wanted), "")]]

    def _place(self, lead: Lead, to: To) -> bool:
        try:
            with transaction.atomic():
                place_by_rule(lead.pk, to=to)
        except Refused:
            return False
        return True

    def _fall_back(self, lead: Lead, facts: LeadFacts, routing: LeadRouting) -> None:
        """No rule takes the lead: the fallback of its program, or of the queues; else triage, which says so."""
        if not facts.is_partners:
            queue = next_queue(lead.program_id, str(lead.country))
            is_placed = self._place(lead, To(WhereTo.QUEUE, queue=queue))
            routing.aim(TargetKind.QUEUE, queue.pk, queue.name)
            _say(routing, RoutingOutcome.FALLBACK if is_placed else RoutingOutcome.LEFT)
            return
        named = self.fallbacks.get(lead.program_id)
        away = self._give(lead, named, routing, TargetKind.REPRESENTATIVE) if named else None
        _say(routing, RoutingOutcome.NOBODY if away is None else RoutingOutcome.FALLBACK, away)


def leave_unrouted(lead_id: UUID) -> None:
    """What could not be routed waits in Unassigned, and says so."""
    routing = routings_of([lead_id]).get(lead_id) or LeadRouting(lead_id=lead_id)
    _say(routing, RoutingOutcome.NOBODY, [["failed", ""]])
    _keep([routing])


def _whereto(kind: str, target: UUID) -> To:
    if kind == TargetKind.QUEUE:
        return To(WhereTo.QUEUE, queue=Queue.objects.filter(pk=target).first())
    return To(WhereTo.OFFER, partner=Partner.objects.filter(pk=target).first())


def _say(routing: LeadRouting, outcome: RoutingOutcome, why: Why | None = None) -> None:
    routing.outcome, routing.why, routing.decided_at = outcome, why or [], now()


def _keep(decided: Sequence[LeadRouting]) -> None:
    """Write what was decided, and tell it in each lead's timeline, for the vendor alone."""
    LeadRouting.objects.bulk_create(
        decided, update_conflicts=True, unique_fields=["tenant", "lead"], update_fields=DECIDED_COLUMNS
    )
    told = [_told(routing) for routing in decided if routing.outcome not in UNTOLD]
    record_each("leadrouting.decided", told, actor=SYSTEM, audience=Audience.VENDOR)


def _told(routing: LeadRouting) -> Changed:
    names = ("rule_number", "rule_name", "target_kind", "target_name")
    data = {"outcome": str(routing.outcome), "why": routing.why, "url": f"/leads/{routing.lead_id}/"}
    data |= {name: getattr(routing, name) for name in names}
    return Changed(routing, None, {"target": routing.target_name or None}, data)
