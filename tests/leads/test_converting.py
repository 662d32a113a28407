"""A lead in progress goes on as a deal, once (C8; rulings 6)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils.timezone import localdate

from deals.models import Company, Deal
from deals.services import forget_customer, lose_deal
from leads.models import Lead
from leads.services import convert_lead
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner, Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]
LATER = localdate() + timedelta(days=60)


@pytest.fixture
def ready(acme: Tenant, nordwind: Partner) -> Solution:
    with tenant_scope(acme):
        return Solution.objects.create(partner=nordwind, name="Till in a box", status=SolutionStatus.CO_SELL_READY)


@pytest.fixture
def lead(seller: Membership, representative: Membership, new_lead: Any, put: Callable[..., Lead]) -> Lead:
    made = new_lead(seller, notes="They open in May.")
    return put(made, status="in_progress", representative=representative)


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
    assert (lead.deal_id, lead.status) == (deal.pk, "in_progress")
    assert (deal.company_id, deal.contact_id) == (lead.known_company_id, lead.known_contact_id)
    assert (deal.value_minor, deal.type, deal.direction) == (900_050, "partner_led", "outbound")
    assert deal.consented_at.date() <= localdate()
    assert told.data["lead_number"] == lead.reference
    assert f'href="{address}"' in page.get(f"/acme/deals/{deal.pk}/").content.decode()
    for reader in (seller, manager):
        shown = client_of(reader).get(address).content.decode()
        assert f'href="/acme/deals/{deal.pk}/"' in shown
        assert f"{address}convert/" not in shown
        assert "It goes on as a deal. Status: Active." in shown
    with acting(seller):
        lose_deal(deal.pk, code="price", by=seller)
    assert "It goes on as a deal. Status: Lost." in client_of(manager).get(address).content.decode()


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
    assert [one["code"] for one in again.json()["reasons"] if not one["ok"]] == ["converted"]
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
    assert [one["code"] for one in answer.json()["reasons"] if not one["ok"]] == ["converted"]


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
