"""A deal that the vendor offers to a partner: its customer is withheld until it is accepted (E31)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.utils.timezone import localdate, now

from deals.models import Company, Contact, Deal, DealSide
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.offers.models import DealOffer, OfferedCustomer
from partnerhub.offers.services import accept_offer, decline_offer, send_offer, sweep_offers, withdraw_offer
from partnerhub.offers.states import OfferStatus
from partnerhub.partners.models import Partner
from partnerhub.responses.models import VendorResponse
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call, Caller
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]
LATER = localdate() + timedelta(days=75)
CUSTOMER = {
    "company": "Nissen Backwaren",
    "website": "https://nissen.example",
    "first_name": "Ada",
    "last_name": "Nissen",
    "email": "ada@nissen.example",
    "phone": "+49 431 5550100",
    "postcode": "24103",
    "notes": "They asked twice.",
}
WITHHELD = ("Nissen", "nissen.example", "5550100", "24103", "They asked twice")
MONEY = {"value_minor": 2_700_000, "currency": "EUR", "close_date": LATER}
ASKED = {**CUSTOMER, **MONEY}
ACCEPTED = {"name": "Tills for Nissen", **MONEY}


@pytest.fixture
def offer(manager: Membership, nordwind: Partner, acting: Any) -> DealOffer:
    with acting(manager):
        return send_offer(
            by=manager,
            partner=nordwind.pk,
            need="Tills for a bakery chain",
            country="DE",
            consent=True,
            **CUSTOMER,
            **MONEY,
        )


def test_before_it_is_accepted_the_partner_learns_nothing_of_the_customer(
    acme: Tenant, offer: DealOffer, seller: Membership, manager: Membership, client_of: ClientOf, call: Call
) -> None:
    with tenant_scope(acme):
        fan_out_events()
        told = Message.objects.filter(event__kind="dealoffer.sent").values_list("recipient", flat=True)
        assert list(told) == [seller.pk]
        events = [str(one.data) + str(one.after) for one in Event.objects.filter(subject_id=offer.pk)]
    seen = [
        *events,
        client_of(seller).get(f"/acme/offers/{offer.pk}/").content.decode(),
        client_of(seller).get(f"/acme/offers/{offer.pk}/accept/").content.decode(),
        client_of(seller).get("/acme/offers/").content.decode(),
        b"".join(client_of(seller).get("/acme/offers/export.csv").streaming_content).decode(),  # type: ignore[attr-defined]
        client_of(seller).get("/acme/").content.decode(),
        call(seller).get(f"offers/{offer.pk}/").content.decode(),
        call(seller).get(f"offers/{offer.pk}/timeline/").content.decode(),
        call(seller).get("search/", {"q": "nissen"}).content.decode(),
    ]
    for words in WITHHELD:
        assert [text for text in seen if words in text] == [], words
    assert "Tills for a bakery chain" in seen[len(events)]
    assert "Deals offered to you" in client_of(seller).get("/acme/").content.decode()
    vendor = client_of(manager).get(f"/acme/offers/{offer.pk}/").content.decode()
    assert "Nissen Backwaren" in vendor
    with tenant_scope(acme, side="partner", partner_id=seller.partner_id):
        assert not OfferedCustomer.objects.exists()


def test_accepted_it_is_a_deal_of_both_with_its_customer(
    acme: Tenant, offer: DealOffer, seller: Membership, manager: Membership, client_of: ClientOf, acting: Any
) -> None:
    page = client_of(seller).get(f"/acme/offers/{offer.pk}/accept/").content.decode()
    assert "27,000" in page
    typed = {"name": "Tills for Nissen", "value": "27,000", "currency": "EUR", "close_date": str(LATER)}
    done = client_of(seller).post(f"/acme/offers/{offer.pk}/accept/", {**typed, "team": [seller.pk], "version": "1"})
    assert done.status_code == 302, done.content.decode()
    with tenant_scope(acme):
        deal = Deal.objects.get()
        assert DealOffer.objects.get().deal_id == deal.pk
        assert (deal.direction, deal.status, deal.type, deal.partner_id) == (
            "inbound", "accepted", "co_sell", seller.partner_id,
        )  # fmt: skip
        assert {side.partner_id for side in DealSide.objects.filter(deal=deal)} == {None, seller.partner_id}
        assert (Company.objects.get().name, Contact.objects.get().email) == (CUSTOMER["company"], CUSTOMER["email"])
        assert not VendorResponse.objects.exists(), "the vendor has offered it: it is not asked"
        fan_out_events()
        assert manager.pk in Message.objects.filter(event__kind="dealoffer.accepted").values_list(
            "recipient", flat=True
        )
    for reader in (seller, manager):
        seen = client_of(reader).get(f"/acme/deals/{deal.pk}/").content.decode()
        for words in ("Nissen Backwaren", "Inbound", "Offered by the vendor", "They asked twice"):
            assert words in seen


def test_declined_or_withdrawn_it_is_over_and_nothing_was_told(
    acme: Tenant, offer: DealOffer, seller: Membership, manager: Membership, acting: Any, call: Call
) -> None:
    with acting(seller):
        declined = decline_offer(offer.pk, code="capacity", text="Not before spring.", by=seller)
    assert (declined.status, declined.reason_label) == (OfferStatus.DECLINED, "No capacity")
    again = call(seller).post(f"offers/{offer.pk}/accept/", ACCEPTED | {"close_date": str(LATER)}, version=2)
    assert again.status_code == 409
    with acting(manager), pytest.raises(Refused):
        withdraw_offer(offer.pk, text="They have bought.", by=manager)
    with tenant_scope(acme):
        assert not Deal.objects.exists()
        assert not Company.objects.exists()


def test_the_clock_reminds_and_ends_it_and_late_is_late(
    acme: Tenant, manager: Membership, seller: Membership, nordwind: Partner, acting: Any
) -> None:
    with time_machine.travel(datetime(2026, 11, 4, 10, tzinfo=UTC), tick=False) as clock:
        with acting(manager):
            asked = {**CUSTOMER, **MONEY, "close_date": localdate() + timedelta(days=75)}
            offer = send_offer(by=manager, partner=nordwind.pk, need="Tills", consent=True, **asked)
        done = []
        for left in (8, 7, 6, 3, 2, 1):
            clock.move_to(offer.due_at - timedelta(days=left))
            done.append(sweep_offers())
            assert sweep_offers() == 0
        assert done == [0, 1, 0, 1, 0, 1]
        clock.move_to(offer.due_at + timedelta(seconds=1))
        with acting(seller), pytest.raises(Refused, match="over"):
            accept_offer(offer.pk, by=seller, **ACCEPTED)
        assert (sweep_offers(), sweep_offers()) == (1, 0)
        with tenant_scope(acme):
            assert DealOffer.objects.get(pk=offer.pk).status == OfferStatus.EXPIRED


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_offered(
    acme: Tenant, manager: Membership, nordwind: Partner, client_of: ClientOf
) -> None:
    client = client_of(manager)
    assert "Offer a deal" in client.get("/acme/offers/").content.decode()
    typed = {"partner": "Nord", "need": "Tills", "company": "", "value": "0", "currency": "EUR", "website": "no site"}
    answer = client.post("/acme/offers/new/", {**typed, "close_date": str(LATER), "notes": "Long typed words"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Enter the company.", "Tick this when the customer has agreed.", "Long typed words"):
        assert words in page
    good = {**CUSTOMER, "partner": nordwind.name, "need": "Tills", "value": "900", "currency": "EUR"}
    sent = client.post("/acme/offers/new/", {**good, "country": "DE", "close_date": str(LATER), "consent": "on"})
    assert sent.status_code == 302, sent.content.decode()
    with tenant_scope(acme):
        assert DealOffer.objects.get().postcode == "24"


def test_a_colleague_and_a_rival_see_none(
    offer: DealOffer, colleague: Membership, rival: Membership, finance: Membership, client_of: ClientOf, call: Call
) -> None:
    assert client_of(rival).get(f"/acme/offers/{offer.pk}/").status_code == 404
    assert call(rival).get("offers/").json()["results"] == []
    assert client_of(colleague).get(f"/acme/offers/{offer.pk}/").status_code == 403
    assert client_of(finance).get(f"/acme/offers/{offer.pk}/").status_code == 200
    assert client_of(finance).get("/acme/offers/new/").status_code == 403
    assert client_of(colleague).get("/acme/offers/new/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_accept_at_once_make_one_deal(acme: Tenant, offer: DealOffer, seller: Membership) -> None:
    body = ACCEPTED | {"close_date": str(LATER)}

    def accept(_number: int) -> int:
        try:
            client = Caller(signed_in(seller))
            return int(client.post(f"offers/{offer.pk}/accept/", body, version=1).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(accept, range(2)))
    assert answers in ([200, 409], [200, 412])
    with tenant_scope(acme):
        assert Deal.objects.count() == 1
        assert DealOffer.objects.get().due_at > now()
