"""The demo's rules: a version that has routed leads, and in one portal a draft to try beside it."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate, now

from leads.models import Lead, Program
from leads.services import new_lead_id, submit_lead
from partnerhub.accounts.demo import JOINED_BEFORE, PortalDemo, acting, with_role
from partnerhub.accounts.models import Membership
from partnerhub.claims.models import Queue
from partnerhub.events.services import happened
from partnerhub.roles import Role
from partnerhub.routing.models import RuleSet
from partnerhub.routing.services import begin_rule_set, name_fallback, retire, route_waiting, set_rules, switch_on
from partnerhub.routing.states import TargetKind

ROUTED_BUSINESSES = (
    ("Bäckerei Sielmann", "baeckerei-sielmann", "DE", "Sielmann"),
    ("Piekarnia Jutrzenka", "jutrzenka", "PL", "Kania"),
    ("Isbar Solsiden AS", "isbar-solsiden", "NO", "Solberg"),
    ("Fromagerie Amandine", "fromagerie-amandine", "FR", "Colin"),
)
"""The last one is taken by no rule."""
STILL_BY_HAND = "tallvik"
"""Where triage has to have something to do for whoever looks around: its rules have run for a while, and are off."""


def fill_routing(demo: PortalDemo) -> None:
    """Fallbacks, rules that are on, and leads that came in a few minutes ago and say which rule took them and why."""
    manager = with_role(demo.seats, Role.CHANNEL_MANAGER)
    people = [seat for seat in demo.seats if Role.SALES_REPRESENTATIVE in seat.roles]
    with happened(now() - JOINED_BEFORE), acting(demo.tenant, manager):
        for program in Program.objects.all():
            name_fallback(program.pk, to=people[0].pk, by=manager)
        draft = set_rules(begin_rule_set(by=manager).pk, _rules(people), by=manager)
        on = switch_on(draft.pk, by=manager)
    seller = with_role([seat for seat in demo.seats if seat.partner_id], Role.REFERRALS_ADMIN)
    for number, business in enumerate(ROUTED_BUSINESSES):
        _submit(demo, seller, business, minutes=40 - 7 * number)
    route_waiting(demo.tenant)
    if demo.tenant.slug == STILL_BY_HAND:
        _switch_off(demo, manager, on)


def _rules(people: list[Membership]) -> list[dict[str, Any]]:
    first, last = str(people[0].pk), str(people[-1].pk)
    queue = Queue.objects.order_by("position").first()
    rules = [
        _to(TargetKind.REPRESENTATIVE, last, name="Poland and Czechia", countries=["PL", "CZ"]),
        _to(TargetKind.GROUP, *{first: 0, last: 0}, name="Germany", countries=["DE"], weights={first: 2}, most=200),
        _to(TargetKind.REPRESENTATIVE, first, name="Nordics", countries=["DK", "FI", "NO", "SE"]),
    ]
    return rules + ([_to(TargetKind.QUEUE, str(queue.pk), name="Own leads", hours="open")] if queue else [])


def _to(kind: str, *targets: str, **said: object) -> dict[str, Any]:
    return {"kind": str(kind), "targets": list(targets), **said}


def _submit(demo: PortalDemo, seller: Membership, business: tuple[str, ...], *, minutes: int) -> None:
    company, host, country, last_name = business
    answers = {
        "company": company,
        "website": f"https://{host}.example.org",
        "country": country,
        "last_name": last_name,
        "email": f"{last_name.lower()}@{host}.example.org",
        "relationship": "prospect",
        "how_met": "They asked for a demonstration",
        "consent": True,
        "consent_basis": "spoken",
        "consent_date": localdate() - timedelta(days=1),
        "terms": True,
        "locations": 1,
        "industry": "food",
        "card_volume": "under_50k",
    }
    sent = now() - timedelta(minutes=minutes)
    with happened(sent), acting(demo.tenant, seller):
        program = Program.objects.get(slug="pos")
        lead = submit_lead(new_lead_id(), program=program, answers=answers, by=seller)
        Lead.objects.filter(pk=lead.pk).update(created_at=sent, submitted_at=sent)


def _switch_off(demo: PortalDemo, manager: Membership, on: RuleSet) -> None:
    """The rules wait as a draft to be tried; until somebody switches it on, people assign leads."""
    with acting(demo.tenant, manager):
        begin_rule_set(by=manager)
        retire(on.pk, by=manager)
        for program in Program.objects.all():
            name_fallback(program.pk, to=None, by=manager)
