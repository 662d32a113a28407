"""A lead in progress goes on as a deal, once (C8; rulings 6)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.utils.timezone import localdate

from deals.models import Company, Deal
from deals.services import forget_customer, lose_deal, win_deal
from leads.models import Lead
from leads.services import award_lead, award_upgraded, convert_lead, start_lead
from leads.states import LEAD, RANK, Status
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner, Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.protection.models import Protection
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.tenancy.second_pass import go_over_rows
from tests.calls import Call

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]
Convert = Callable[[Lead], Deal]
LATER = localdate() + timedelta(days=60)


@pytest.fixture
def ready(acme: Tenant, nordwind: Partner) -> Solution:
    with tenant_scope(acme):
        return Solution.objects.create(partner=nordwind, name="Till in a box", status=SolutionStatus.CO_SELL_READY)


@pytest.fixture
def lead(seller: Membership, representative: Membership, new_lead: Any, put: Callable[..., Lead]) -> Lead:
    made = new_lead(seller, notes="They open in May.")
    return put(made, status="in_progress", representative=representative)


@pytest.fixture
def converted(seller: Membership, ready: Solution, acting: Any) -> Convert:
    """Its partner converts a lead: gives the deal."""

    def convert(lead: Lead) -> Deal:
        columns = {"name": "Tills", "value_minor": 900_050, "currency": "EUR", "close_date": LATER, "agreed": True}
        with acting(seller):
            deal = convert_lead(lead.pk, by=seller, solutions=[ready.pk], team=[seller.pk], **columns).deal
        assert deal is not None
        return deal

    return convert


def typed(seller: Membership, ready: Solution, **more: Any) -> dict[str, Any]:
    named = {"name": "Tills", "value": "9,000.50", "currency": "EUR", "close_date": LATER.isoformat()}
    return {
        **named,
        "type": "partner_led",
        "solutions": [str(ready.pk)],
        "team": [str(seller.pk)],
        "agreed": "on",
        **more,
    }


def test_by_pages_from_the_lead_to_its_deal_and_its_outcome_back(
    acme: Tenant, seller: Membership, manager: Membership, lead: Lead, ready: Solution, client_of: ClientOf, acting: Any
) -> None:
    page, address = client_of(seller), f"/acme/leads/{lead.pk}/"
    assert f"{address}convert/" in page.get(address).content.decode()
    form = page.get(f"{address}convert/").content.decode()
    for begun in (f'value="{lead.company}"', "They open in May.", "Your representative has agreed"):
        assert begun in form
    assert 'value="private"' not in form
    assert "The customer agreed" not in form, "the consent of the lead stands"
    unsaid = page.post(f"{address}convert/", typed(seller, ready, version=lead.version, agreed=""))
    assert unsaid.status_code == 422
    done = page.post(f"{address}convert/", typed(seller, ready, version=lead.version))
    with tenant_scope(acme):
        deal, lead = Deal.objects.get(), Lead.objects.get(pk=lead.pk)
        told = Event.objects.get(kind="deal.opened")
    assert done["Location"] == f"/acme/deals/{deal.pk}/"
    assert (lead.deal_id, lead.status) == (deal.pk, "converted")
    assert (deal.company_id, deal.contact_id) == (lead.known_company_id, lead.known_contact_id)
    assert (deal.value_minor, deal.type, deal.direction) == (900_050, "partner_led", "outbound")
    assert deal.consented_at.date() <= localdate()
    assert told.data["lead_number"] == lead.reference
    assert f'href="{address}"' in page.get(f"/acme/deals/{deal.pk}/").content.decode()
    for reader in (seller, manager):
        shown = client_of(reader).get(address).content.decode()
        assert f'href="/acme/deals/{deal.pk}/"' in shown
        assert f"{address}convert/" not in shown
        assert "You are paid by the promotion terms once the deal is won. Status of the deal: Active." in shown
    listed = client_of(manager).get("/acme/leads/?status=converted").content.decode()
    assert lead.company in listed
    assert "Converted" in client_of(seller).get(f"/acme/deals/{deal.pk}/").content.decode()
    with acting(seller):
        lose_deal(deal.pk, code="price", by=seller)
    assert "The deal is closed without a sale: Lost. No referral" in client_of(manager).get(address).content.decode()


def test_who_is_second_is_led_to_the_deal_that_is_there(
    acme: Tenant, seller: Membership, lead: Lead, ready: Solution, client_of: ClientOf, call: Call
) -> None:
    page, address = client_of(seller), f"/acme/leads/{lead.pk}/convert/"
    sent = typed(seller, ready, version=lead.version)
    assert page.post(address, sent).status_code == 302
    for late in (page.post(address, sent), page.get(address)):
        said = late.content.decode()
        assert late.status_code == 409
        assert "is a deal already" in said
        with tenant_scope(acme):
            assert f'href="/acme/deals/{Deal.objects.get().pk}/"' in said
    body = {name: value for name, value in sent.items() if name not in {"value", "version"}} | {"value_minor": 1}
    again = call(seller).post(f"leads/{lead.pk}/convert/", body | {"agreed": True}, version=lead.version + 1)
    assert again.status_code == 409
    assert [one["code"] for one in again.json()["reasons"] if not one["ok"]] == ["status", "converted"]
    with tenant_scope(acme):
        other = Lead.objects.get(pk=lead.pk)
        other.pk, other.number = new_id(), 4711
        with pytest.raises(IntegrityError, match="lead_of_deal"):
            other.save(force_insert=True)


@pytest.mark.parametrize(
    ("step", "sent"), [("award", {}), ("refuse", {"code": "other", "text": "No."}), ("ask-info", {"question": "When?"})]
)
def test_what_comes_of_it_is_decided_on_the_deal_alone(
    seller: Membership,
    manager: Membership,
    lead: Lead,
    ready: Solution,
    client_of: ClientOf,
    call: Call,
    step: str,
    sent: dict[str, Any],
) -> None:
    address = f"/acme/leads/{lead.pk}/"
    assert f"{address}{step}/" in client_of(manager).get(address).content.decode()
    client_of(seller).post(f"{address}convert/", typed(seller, ready, version=lead.version))
    assert f"{address}{step}/" not in client_of(manager).get(address).content.decode()
    answer = call(manager).post(f"leads/{lead.pk}/{step}/", sent, version=lead.version + 1)
    assert answer.status_code == 409
    assert [one["code"] for one in answer.json()["reasons"] if not one["ok"]] == ["status", "converted"]


def test_what_is_missing_is_said_and_nothing_is_written(
    acme: Tenant, seller: Membership, lead: Lead, ready: Solution, put: Callable[..., Lead], client_of: ClientOf,
    acting: Any,
) -> None:  # fmt: skip
    """B4 by page; by the verb: consent where the lead has none, never private, only in progress."""
    with tenant_scope(acme):
        Solution.objects.update(status="published")
    form = client_of(seller).get(f"/acme/leads/{lead.pk}/convert/").content.decode()
    assert "No published solution of yours is co-sell ready." in form
    assert 'aria-disabled="true"' in form
    with tenant_scope(acme):
        Solution.objects.update(status="co_sell_ready")
    columns = {"name": "Tills", "value_minor": 1, "currency": "EUR", "close_date": LATER}
    columns |= {"solutions": [ready.pk], "team": [seller.pk]}
    for state, asked, code in (
        ({"consent_basis": ""}, {"agreed": True}, "consent"),
        ({"consent_basis": "spoken"}, {}, "agreed"),
        ({}, {"agreed": True, "type": "private"}, "type"),
        ({"status": "withdrawn"}, {"agreed": True}, "status"),
        ({"status": "not_eligible"}, {"agreed": True}, "status"),
    ):
        put(lead, **state)
        with acting(seller), pytest.raises(Refused) as refused:
            convert_lead(lead.pk, by=seller, **columns, **asked)
        assert code in [one.code for one in refused.value.reasons if not one.ok]
    with tenant_scope(acme):
        assert not Deal.objects.exists()


def test_a_lead_of_the_vendors_is_inbound_asks_nobody_and_leaves_its_customer_to_the_deal(
    acme: Tenant, seller: Membership, lead: Lead, ready: Solution, put: Callable[..., Lead], acting: Any
) -> None:
    put(lead, origin="vendor")
    columns = {"name": "Tills", "value_minor": 1, "currency": "EUR", "close_date": LATER}
    with acting(seller):
        deal = convert_lead(lead.pk, by=seller, solutions=[ready.pk], team=[seller.pk], **columns).deal
    assert deal is not None
    assert deal.direction == "inbound"
    with tenant_scope(acme):
        forget_customer(deal.company_id, deal.contact_id, is_brought=lambda one: False)
        assert Company.objects.filter(pk=deal.company_id).exists()


@pytest.mark.parametrize("side", ["partner", "vendor", "system"])
def test_nothing_leads_out_of_it(side: str) -> None:
    """Owner and team, and what is forgotten of a person, leave it as it is."""
    steps = [one for one in LEAD.steps.values() if Status.CONVERTED in one.sources and one.is_for(side)]
    assert [one.name for one in steps if one.target or one.back_to or one.undo] == []
    assert LEAD.targets(Status.CONVERTED) == set()


def test_a_lead_in_review_is_not_led_past_it_as_a_deal(
    seller: Membership, lead: Lead, ready: Solution, put: Callable[..., Lead], call: Call
) -> None:
    put(lead, is_in_review=True)
    asked = typed(seller, ready, agreed=True, value_minor=1)
    body = {name: said for name, said in asked.items() if name != "value"}
    answer = call(seller).post(f"leads/{lead.pk}/convert/", body, version=lead.version)
    assert [one["code"] for one in answer.json()["reasons"] if not one["ok"]] == ["review"]


def test_to_the_verdict_it_is_the_partners_own_and_once_won_a_customer_for_others(
    acme: Tenant, seller: Membership, rival: Membership, lead: Lead, converted: Convert, acting: Any
) -> None:
    deal = converted(lead)
    asked, nobody = lead.identity_keys, new_id()

    def verdict(of: Membership) -> str:
        with tenant_scope(acme), connection.cursor() as cursor:
            cursor.execute("SELECT word FROM lead_verdict(%s, %s, %s)", [asked, of.partner_id, nobody])
            return str(cursor.fetchone()[0])

    assert (verdict(seller), verdict(rival)) == ("own", "held"), "its deal is registered"
    with acting(seller):
        win_deal(deal.pk, value_minor=1, currency="EUR", close_date=localdate(), by=seller)
    assert (verdict(seller), verdict(rival)) == ("own", "customer")


def test_what_was_in_progress_around_it_is_over(
    acme: Tenant, seller: Membership, manager: Membership, lead: Lead, converted: Convert, put: Any, acting: Any
) -> None:
    put(lead, status="submitted")
    with acting(manager):
        start_lead(lead.pk, by=manager)
    converted(put(lead))
    with tenant_scope(acme):
        assert Protection.objects.get(lead=lead.pk).status == "ended"
        assert Lead.objects.get(pk=lead.pk).status_rank == RANK[Status.CONVERTED]


def test_one_that_a_former_release_left_in_progress_is_converted_by_the_second_pass(
    acme: Tenant, seller: Membership, manager: Membership, lead: Lead, converted: Convert, put: Any, acting: Any
) -> None:
    converted(lead)
    put(lead, status="in_progress")
    with acting(manager), pytest.raises(Refused):
        award_lead(lead.pk, by=manager)
    with tenant_scope(acme):
        assert award_upgraded(lead.pk).status == "in_progress"
    assert go_over_rows() == 1
    assert (put(lead).status, put(lead).status_rank) == ("converted", RANK[Status.CONVERTED])
    assert go_over_rows() == 0
