"""Who could work a lead: ranked by free capacity, the lead's country and its partner, each with its reasons (E15)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leads import services
from leads.models import Lead
from leads.selectors import candidates, lead_for
from partnerhub.accounts.models import Membership
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from tests.conftest import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(acme: Tenant) -> Membership:
    """A representative without a lead yet."""
    return make_member(acme, "Aage Berg", Role.SALES_REPRESENTATIVE)


@pytest.fixture
def worked(
    acting: Any, new_lead: Callable[..., Lead], seller: Membership, manager: Membership, representative: Membership
) -> None:
    """Solveig brought two leads of Nordwind's to an award, one of them in Germany, and has one more to work."""
    for country, is_awarded in (("DE", True), ("PL", True), ("DE", False)):
        lead = new_lead(seller, company=f"Shop in {country} {is_awarded}", country=country)
        with acting(manager):
            services.assign_lead(lead.pk, to=representative.pk, by=manager)
        if is_awarded:
            with acting(manager):
                services.start_lead(lead.pk, by=manager)
                services.award_lead(lead.pk, by=manager)


def test_capacity_country_and_partner_are_counted_and_said(
    acting: Any,
    worked: None,
    new_lead: Callable[..., Lead],
    seller: Membership,
    rival: Membership,
    manager: Membership,
    representative: Membership,
    newcomer: Membership,
) -> None:
    known, strange = new_lead(seller, company="Known", country="DE"), new_lead(rival, company="Strange", country="FI")
    with acting(manager):
        free, busy, other = candidates(lead_for(manager, known.pk), manager)
        assert (free.member, free.points, free.reasons) == (newcomer, 50, ["0 open leads"])
        assert (busy.member, busy.points) == (representative, (30 * 1 + 20 * 3) // 5)
        assert (other.member, other.points) == (manager, 50), "no sales representative: after those"
        assert busy.reasons == ["1 open lead", "1 awarded in Germany", "knows Nordwind Retail: 3 leads"]
        assert [one.points for one in candidates(lead_for(manager, strange.pk), manager)] == [50, 0, 50]


def test_menu_and_api_rank_alike_and_the_menu_assigns(
    worked: None,
    new_lead: Callable[..., Lead],
    seller: Membership,
    manager: Membership,
    representative: Membership,
    newcomer: Membership,
    client_of: Callable[[Membership], Client],
    put: Callable[..., Lead],
) -> None:
    lead = new_lead(seller, company="Known", country="DE")
    desk = client_of(manager)
    told = desk.get(f"/acme/api/v1/leads/{lead.pk}/representatives/").json()["results"]
    assert [(one["name"], one["points"]) for one in told] == [
        ("Aage Berg", 50),
        ("Solveig Aastad", 18),
        ("Ilse Brandvold", 50),
    ]
    menu = desk.get(f"/acme/triage/people/?lead={lead.pk}:{lead.version}", headers={"hx-request": "true"})
    page = menu.content.decode()
    assert page.index(str(newcomer.pk)) < page.index(str(representative.pk))
    assert "1 open lead · 1 awarded in Germany · knows Nordwind Retail: 3 leads" in page
    desk.post(f"/acme/leads/{lead.pk}/assign/", {"to": newcomer.pk, "version": lead.version})
    assert put(lead).representative_id == newcomer.pk


def test_what_is_looked_at_is_bounded(
    acting: Any, worked: None, new_lead: Callable[..., Lead], seller: Membership, manager: Membership
) -> None:
    lead = new_lead(seller, company="Known", country="DE")
    with acting(manager):
        held = lead_for(manager, lead.pk)
        with CaptureQueriesContext(
            connection,
        ) as few:
            candidates(held, manager)
    assert len(few) == 3
    assert "LIMIT 500" in few.captured_queries[-1]["sql"]
