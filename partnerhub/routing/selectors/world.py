"""What routing reads of leads and of who can get them: a fixed number of statements, however many leads."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce
from django.utils.timezone import now

from leads.models import IS_OPEN, UNASSIGNED, Lead, Program
from leads.states import Origin
from partnerhub.calendars.hours import is_open
from partnerhub.calendars.selectors import current_calendar
from partnerhub.claims.models import Claim, ClaimCounter, Queue, QueuedLead
from partnerhub.claims.states import OPEN_CLAIMS
from partnerhub.partners.models import Tier
from partnerhub.routing.models import LeadRouting, ProgramFallback, RuleSet
from partnerhub.routing.selectors.deciding import LeadFacts, World, refused_with
from partnerhub.routing.selectors.targets import PEOPLE, members_named, names_of_targets
from partnerhub.routing.states import RoutingOutcome, RoutingRule, Status, TargetKind
from partnerhub.web.folding import fold

ROUTED_WITHIN = timedelta(hours=1)
"""A lead that came in longer ago, and was not routed, is looked after by people: triage shows it."""
SAID_OF_SOLUTIONS = ("product_interest", "current_pos", "platform")


def rule_set_on() -> RuleSet | None:
    """The rules by which new leads are routed; None: none are on."""
    return RuleSet.objects.filter(status=Status.ON).first()


def is_set_up() -> bool:
    """Whether rules are on, or a program has a fallback: else leads wait in triage, as ever."""
    return (
        RuleSet.objects.filter(status=Status.ON).exists()
        or ProgramFallback.objects.filter(representative__isnull=False).exists()
    )


def waiting_ids(most: int) -> list[UUID]:
    """The leads that are to be routed now, the oldest first: those just submitted, and those left to the rules."""
    routed = LeadRouting.objects.values("lead")
    fresh = Lead.objects.filter(UNASSIGNED, is_set_aside=False, is_seen=False, submitted_at__gte=now() - ROUTED_WITHIN)
    left = LeadRouting.objects.filter(outcome=RoutingOutcome.WAITING).order_by("created_at")[:most]
    found = [*left.values_list("lead", flat=True)]
    if not is_set_up():
        return found
    return found + list(fresh.exclude(pk__in=routed).order_by("submitted_at").values_list("pk", flat=True)[:most])


def lead_facts(leads: Sequence[Lead], kept: Mapping[UUID, LeadRouting]) -> dict[UUID, LeadFacts]:
    """What rules ask of these leads (with `partner` joined), by id; `kept`: how they were routed. One statement."""
    places = {place.lead_id: place for place in QueuedLead.objects.filter(lead__in=[lead.pk for lead in leads])}
    return {lead.pk: facts_about(lead, places.get(lead.pk), kept.get(lead.pk)) for lead in leads}


def routings_of(keys: Iterable[UUID]) -> dict[UUID, LeadRouting]:
    """How these leads were routed, by the lead's id."""
    return {row.lead_id: row for row in LeadRouting.objects.filter(lead__in=list(keys))}


def facts_about(lead: Lead, place: QueuedLead | None, routing: LeadRouting | None) -> LeadFacts:
    """What rules ask of one lead, of what was read before."""
    told, partner = lead.details, lead.partner
    return LeadFacts(
        program=str(lead.program_id),
        is_partners=lead.origin != Origin.VENDOR,
        country=str(lead.country),
        postcode=lead.postcode.replace(" ", "").upper(),
        language=told.get("store_owner_language") or (partner.language if partner else ""),
        industry=told.get("industry") or (place.industry if place else ""),
        solution_text=fold(" ".join(str(told.get(name) or "") for name in SAID_OF_SOLUTIONS)),
        tier=str(partner.tier_id or "") if partner else "",
        refused=refused_with([*(place.refused if place else ()), *(routing.refused if routing else ())]),
    )


def world_of(rules: Sequence[RoutingRule], set_number: int | None) -> World:
    """Who can get leads by these rules, how much they have, and whether the vendor works now."""
    others = [rule for rule in rules if rule.kind not in PEOPLE]
    return World(
        members_named() | names_of_targets(others),
        _loads(),
        _turns(set_number),
        _full(rule.kind for rule in others),
        names_of_conditions(),
        is_open(current_calendar().hours, now()),
    )


def names_of_conditions() -> dict[str, str]:
    """The names of programs and tiers, by id."""
    rows = Program.objects.order_by().values_list("pk", "name").union(Tier.objects.order_by().values_list("pk", "name"))
    return {str(key): name for key, name in rows}


def _loads() -> dict[str, int]:
    """Open leads of each representative and each partner that holds, or is offered, some."""
    leads = Lead.objects.filter(IS_OPEN, representative__isnull=False).order_by()
    claims = Claim.objects.filter(status__in=OPEN_CLAIMS).order_by()
    return _counted(leads, "representative") | _counted(claims, "partner")


def _turns(set_number: int | None) -> dict[str, int]:
    """How many leads each target got by this rule set."""
    rows = LeadRouting.objects.filter(set_number=set_number, outcome=RoutingOutcome.RULE).order_by()
    return _counted(rows, "target_id") if set_number else {}


def _full(kinds: Iterable[str]) -> frozenset[str]:
    """The partners that hold as many leads as their tier lets them, or else the widest queue."""
    if TargetKind.PARTNER not in kinds:
        return frozenset()
    most = max(Queue.objects.filter(is_active=True).values_list("held_at_most", flat=True), default=0)
    rows = ClaimCounter.objects.filter(held__gte=Coalesce("partner__tier__claim_limit", most))
    return frozenset(str(key) for key in rows.values_list("partner", flat=True))


def _counted(rows: QuerySet[Lead] | QuerySet[Claim] | QuerySet[LeadRouting], column: str) -> dict[str, int]:
    return {str(key): many for key, many in rows.values_list(column).annotate(many=Count("pk"))}
