"""The worker routes the leads that wait: decides by the rules that are on, and acts by the verbs below (E9).

One worker routes a tenant's leads at a time; what is routed is marked in the transaction that routes it. So a second
worker, or the same event again, finds nothing left to do.
"""

from collections.abc import Mapping
from uuid import UUID

import structlog
from django.db import OperationalError, transaction
from django.utils.timezone import now

from leads.models import Lead
from leads.services import route_lead
from partnerhub.claims.models import Queue
from partnerhub.claims.services import To, WhereTo, place_by_rule
from partnerhub.claims.services.queues import next_queue
from partnerhub.errors import Refused
from partnerhub.events.models import Audience
from partnerhub.events.services import SYSTEM, record
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
    waiting_ids,
    world_of,
)
from partnerhub.routing.selectors.deciding import Why
from partnerhub.routing.selectors.targets import PEOPLE
from partnerhub.routing.states import RoutingOutcome, RoutingRule, TargetKind
from partnerhub.tenancy.locks import count_alone
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

log = structlog.get_logger(__name__)

Given = tuple[UUID, str]
"""Who or what got a lead: its id and its name."""
ROUTED_TOGETHER = 25
MOST_ROUNDS = 20


def route_waiting(tenant: Tenant) -> int:
    """Route what waits in the tenant, in sets of a few; how many leads. Each set is a transaction."""
    done = 0
    for _round in range(MOST_ROUNDS):
        routed = _route_some(tenant)
        done += routed
        if routed < ROUTED_TOGETHER:
            break
    return done


def _route_some(tenant: Tenant) -> int:
    with tenant_scope(tenant):
        if not waiting_ids(1):
            return 0
        count_alone("routing")
        ids = waiting_ids(ROUTED_TOGETHER)[:ROUTED_TOGETHER]
        return Router().route(ids) if ids else 0


@transaction.atomic
def wait_for_rules(lead_id: UUID) -> None:
    """The lead waits to be routed, from the first rule on, whoever had it before."""
    LeadRouting.objects.update_or_create(
        lead_id=lead_id, defaults={"outcome": RoutingOutcome.WAITING, "passed": 0, "created_at": now()}
    )


@transaction.atomic
def offer_came_to_nothing(lead_id: UUID, partner_id: UUID) -> None:
    """An offer that a rule has made was declined, or has run out: the rules after it are asked (rulings 5)."""
    routing = LeadRouting.objects.select_for_update().filter(lead=lead_id).first()
    if routing is None or routing.target_id != partner_id or routing.outcome != RoutingOutcome.RULE:
        return
    routing.refused = sorted({*routing.refused, partner_id})
    # The same rule may name another partner: it is asked once more, and never offers it to this one again.
    routing.outcome, routing.passed, routing.created_at = RoutingOutcome.WAITING, (routing.rule_number or 1) - 1, now()
    routing.save(update_fields=["refused", "outcome", "passed", "created_at"])


class Router:
    """Routes a set of leads by what is on now. Lives for one transaction, as the system in its tenant."""

    def __init__(self) -> None:
        on: RuleSet | None = rule_set_on()
        self.rules: list[RoutingRule] = on.parsed if on else []
        self.number = on.number if on else None
        self.fallbacks: Mapping[UUID, UUID] = fallbacks()
        self.world: World = world_of(self.rules, self.number)

    def route(self, ids: list[UUID]) -> int:
        leads = list(
            Lead.objects.filter(pk__in=ids).select_related("partner", "program").order_by("submitted_at", "pk")
        )
        kept = routings_of(ids)
        facts = lead_facts(leads, kept)
        for lead in leads:
            self._route_one(lead, facts[lead.pk], kept.get(lead.pk) or LeadRouting(lead=lead))
        return len(leads)

    def _route_one(self, lead: Lead, facts: LeadFacts, routing: LeadRouting) -> None:
        """What is wrong with one lead holds up no other: it waits in Unassigned then, and the log says why."""
        try:
            with transaction.atomic():
                self._decide(lead, facts, routing)
        except OperationalError:
            raise
        except Exception as error:
            log.exception("routing.failed", lead_id=str(lead.pk), error=str(error))
            _write(routing, RoutingOutcome.NOBODY, [["failed", ""]])

    def _decide(self, lead: Lead, facts: LeadFacts, routing: LeadRouting) -> None:
        if lead.representative_id and facts.is_partners:
            _write(routing, RoutingOutcome.LEFT)
            return
        after = routing.passed
        while decision := decide(self.rules, facts, self.world, after=after):
            if target := self._acts(lead, decision):
                self._tell(routing, decision, target)
                return
            after = decision.number
        self._fall_back(lead, facts, routing)

    def _acts(self, lead: Lead, decision: Decision) -> Given | None:
        """Bring the lead where the rule says; None where that is not possible any more."""
        target = UUID(decision.target)
        if decision.rule.kind in PEOPLE:
            return _given(route_lead(lead.pk, to=target))
        to = To(WhereTo.OFFER, partner=Partner.objects.filter(pk=target).first())
        if decision.rule.kind == TargetKind.QUEUE:
            to = To(WhereTo.QUEUE, queue=Queue.objects.filter(pk=target).first())
        return (target, self.world.names[decision.target]) if self._place(lead, to) else None

    def _place(self, lead: Lead, to: To) -> bool:
        try:
            with transaction.atomic():
                place_by_rule(lead.pk, to=to)
        except Refused:
            return False
        return True

    def _tell(self, routing: LeadRouting, decision: Decision, given: Given) -> None:
        self.world.give(str(given[0]))
        routing.set_number, routing.rule_number = self.number, decision.number
        routing.rule_name = decision.rule.name
        routing.aim(decision.rule.kind, *given)
        _write(routing, RoutingOutcome.RULE, decision.why + self._away(UUID(decision.target), given))

    def _away(self, wanted: UUID, given: Given) -> Why:
        """For whom somebody covers, where the lead went to the deputy (E28)."""
        return [] if given[0] == wanted else [["away", self.world.names.get(str(wanted), "")]]

    def _fall_back(self, lead: Lead, facts: LeadFacts, routing: LeadRouting) -> None:
        """No rule takes the lead: the fallback of its program, or of the queues; else triage, which says so."""
        routing.set_number, routing.rule_number, routing.rule_name = self.number, None, ""
        if not facts.is_partners:
            queue = next_queue(lead.program_id, str(lead.country))
            if self._place(lead, To(WhereTo.QUEUE, queue=queue)):
                routing.aim(TargetKind.QUEUE, queue.pk, queue.name)
                _write(routing, RoutingOutcome.FALLBACK)
                return
            _write(routing, RoutingOutcome.LEFT)
            return
        named = self.fallbacks.get(lead.program_id)
        given = _given(route_lead(lead.pk, to=named)) if named else None
        if named is None or given is None:
            _write(routing, RoutingOutcome.NOBODY)
            return
        routing.aim(TargetKind.REPRESENTATIVE, *given)
        _write(routing, RoutingOutcome.FALLBACK, self._away(named, given))


def _given(lead: Lead | None) -> Given | None:
    """Who has the lead now: the one that was asked for, or the deputy."""
    return (lead.representative.pk, lead.representative.name) if lead and lead.representative else None


def _write(routing: LeadRouting, outcome: RoutingOutcome, why: Why | None = None) -> None:
    """Keep what was decided, and tell it in the lead's timeline, for the vendor alone."""
    routing.outcome, routing.why, routing.decided_at = outcome, why or [], now()
    routing.save()
    if outcome in {RoutingOutcome.LEFT, RoutingOutcome.WAITING}:
        return
    data = {"outcome": str(outcome), "why": routing.why, "url": f"/leads/{routing.lead_id}/"}
    data |= {name: getattr(routing, name) for name in ("rule_number", "rule_name", "target_kind", "target_name")}
    after = {"target": routing.target_name or None}
    record("leadrouting.decided", routing, actor=SYSTEM, after=after, data=data, audience=Audience.VENDOR)
