"""How leads were shared among representatives and partners (E9)."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from leads.models import Lead, Program
from leads.services import assign_lead, refuse_lead, start_lead
from leads.states import ReasonCode
from partnerhub.accounts.models import Membership
from partnerhub.claims.models import Claim
from partnerhub.claims.services import WhereTo, claim_lead, return_lead
from partnerhub.clocks.models import Clock
from partnerhub.clocks.services import begin_clocks
from partnerhub.events.services import happened
from partnerhub.routing.models import RuleSet
from partnerhub.routing.services import route_waiting
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.claims.conftest import bring
from tests.kits.rows import copies
from tests.routing.conftest import rule

__all__ = ["bring"]


def were_tests(leads: Sequence[Lead], *, by: Membership, acting: Any) -> None:
    """These leads were no real ones: no figure has them (rulings 13)."""
    with acting(by):
        for lead in leads:
            refuse_lead(lead.pk, code=ReasonCode.TEST, text="We try the portal.", by=by)


def test_the_report_says_who_was_offered_got_and_answered_how_fast(
    new_lead: Callable[..., Lead],
    bring: Callable[..., Lead],
    acme: Tenant,
    rules_on: Callable[..., RuleSet],
    seller: Membership,
    rival: Membership,
    manager: Membership,
    representative: Membership,
    acting: Any,
    client_of: Callable[[Membership], Client],
) -> None:
    rules_on(rule(representative.pk))
    sites = [f"https://shop{number}.example.org" for number in range(3)]
    leads = [new_lead(seller, company=site, website=site) for site in sites]
    assert route_waiting(acme) == 3
    begin_clocks(acme)
    with acting(manager):
        assign_lead(leads[2].pk, to=manager.pk, by=manager)
    with acting(representative):
        start_lead(leads[0].pk, by=representative)
    began = now() - timedelta(hours=5)
    with happened(began):
        offered = [bring(WhereTo.OFFER, number=number, partner=seller.partner) for number in (1, 2, 3)]
        bring(WhereTo.OFFER, number=4, partner=rival.partner)
        queued = bring(number=5)
    with tenant_scope(acme):
        Claim.objects.update(created_at=began)
        Clock.objects.filter(is_answered=True).update(used=5400)
    with acting(seller), happened(began + timedelta(hours=1)):
        claim_lead(offered[0].pk, by=seller)
    with acting(seller), happened(began + timedelta(hours=3)):
        return_lead(offered[1].pk, text="Too far away.", by=seller)
    with acting(rival):
        claim_lead(queued.pk, by=rival)
    tries = [new_lead(seller, company="Test", website="https://test.example.org"), bring(number=6)]
    assert route_waiting(acme) == 1
    with acting(rival):
        claim_lead(tries[1].pk, by=rival)
    were_tests(tries, by=manager, acting=acting)
    client, path = client_of(manager), "/acme/api/v1/routing-fairness/"
    told = client.get(path).json()
    shares = {kind: {row["name"]: [*row.values()][2:] for row in rows} for kind, rows in told.items()}
    assert shares == {
        "representatives": {"Solveig Aastad": [3, 2, 1, 5400], "Ilse Brandvold": [0, 1, 0, None]},
        "partners": {"Nordwind Retail": [3, 1, 2, 7200], "Baltkassa": [1, 1, 0, None]},
    }
    assert client.get(f"{path}?program=plus&days=7").json() == {"representatives": [], "partners": []}
    assert [client.get(f"{path}?{wrong}").status_code for wrong in ("days=8", "program=no", "day=7")] == [422, 422, 422]
    page = client.get("/acme/programme/fairness/").content.decode()
    assert "1 h 30 min" in page
    assert "2 h" in page
    with tenant_scope(acme):
        plus = Program.objects.get(slug="plus").pk
    narrowed = client.get(f"/acme/programme/fairness/?program={plus}").content.decode()
    assert narrowed.count("Nobody was offered a lead in this period") == 2
    lines = client.get("/acme/programme/fairness/export.csv?days=30").content.decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        "Representative,Solveig Aastad,3,2,1,90",
        "Representative,Ilse Brandvold,0,1,0,",
        "Partner,Nordwind Retail,3,1,2,120",
        "Partner,Baltkassa,1,1,0,",
    ]
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    with acting(manager):
        copies(leads[0], 50, number=lambda one: 100 + one, representative_id=lambda one: representative.pk)
    with CaptureQueriesContext(connection) as many:
        assert client.get(path).json()["representatives"][0]["got"] == 52
    assert len(many) == len(few)
