"""The vendor's response: asked for at once, answered, told as each side may know it, over with time (B8)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.utils.timezone import localdate, now

from deals.models import Deal
from deals.services import edit_deal, lose_deal, open_deal, win_deal
from notifications.models import Message
from notifications.services import fan_out_events
from notifications.services.rendering import write_mail
from partnerhub.accounts.holdings import kinds_needing
from partnerhub.accounts.models import Membership
from partnerhub.calendars.hours import Hours, end_of_business_day, next_reminder
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner, Solution
from partnerhub.partners.rates import set_rate
from partnerhub.partners.states import SolutionStatus
from partnerhub.responses.models import VendorResponse
from partnerhub.responses.services import (
    accept_response,
    change_response_rule,
    create_again,
    decline_response,
    sweep_responses,
)
from partnerhub.responses.states import SAID_TO_PARTNER, DeclineReason, ResponseStatus
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call, Caller
from tests.conftest import signed_in
from tests.kits.test_races import waiting
from tests.notifications.sink import parsed, text_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]
LATER = localdate() + timedelta(days=60)
SECRET = "They pay late, says Ms Holm"
BELOW = "worth USD 25,000 or more"


@pytest.fixture
def ready(acme: Tenant, nordwind: Partner) -> Solution:
    with tenant_scope(acme):
        return Solution.objects.create(partner=nordwind, name="Till in a box", status=SolutionStatus.CO_SELL_READY)


@pytest.fixture
def share(seller: Membership, ready: Solution, acting: Any) -> Callable[..., Deal]:
    """A deal of Nordwind's, co-sell unless another type is said."""

    def opened(value: int = 4_000_000, currency: str = "USD", kind: str = "co_sell") -> Deal:
        money = {"value_minor": value, "currency": currency, "close_date": LATER}
        named = {"solutions": [ready.pk], "team": [seller.pk]}
        with acting(seller):
            return open_deal(
                by=seller, name="Twelve tills", company="Kruse Feinkost", consent=True, type=kind, **money, **named
            )

    return opened


def response_of(deal: Deal, number: int = 1) -> VendorResponse:
    return VendorResponse.objects.get(deal=deal, number=number)


def told_of(deal: Deal) -> list[str]:
    return list(Event.objects.filter(subject_id=deal.pk).order_by("id").values_list("kind", flat=True))


def test_the_vendor_is_asked_the_moment_a_deal_is_shared_and_not_before(
    seller: Membership, manager: Membership, share: Any, acting: Any
) -> None:
    deal = share(kind="private")
    with acting(seller):
        assert not VendorResponse.objects.filter(deal=deal).exists()
        edit_deal(deal.pk, by=seller, type="partner_led")
        first = response_of(deal)
        assert (first.status, first.partner_id, first.number) == (ResponseStatus.PENDING, seller.partner_id, 1)
        edit_deal(deal.pk, by=seller, type="co_sell")
        assert VendorResponse.objects.filter(deal=deal).count() == 1
        assert told_of(deal) == ["deal.opened", "deal.changed", "deal.response_asked", "deal.changed"]
    with acting(manager), pytest.raises(IntegrityError), transaction.atomic():
        VendorResponse.objects.create(deal=deal, partner_id=deal.partner_id, number=2, due_at=now())


def test_who_answers_is_the_partners_channel_manager_else_whom_the_rules_name(
    acme: Tenant, nordwind: Partner, manager: Membership, representative: Membership, programme_admin: Membership,
    share: Any, acting: Any,
) -> None:  # fmt: skip
    with acting(manager):
        assert response_of(share()).representative is None
    with acting(programme_admin):
        change_response_rule(by=programme_admin, representative=representative.pk)
    with acting(manager):
        assert response_of(share()).representative == representative
        Partner.objects.filter(pk=nordwind.pk).update(managers=[manager.pk])
        assert response_of(share()).representative == manager


CASES = {
    "above": (4_000_000, "USD", None, True),
    "just at it": (2_500_000, "USD", None, True),
    "a cent below": (2_499_999, "USD", None, False),
    "above by its rate": (2_300_000, "EUR", "1.1", True),
    "below by its rate": (2_200_000, "EUR", "1.1", False),
    "no rate": (100, "EUR", None, True),
}


@pytest.mark.parametrize(("value", "currency", "rate", "is_shown"), CASES.values(), ids=CASES.keys())
def test_a_partner_reads_the_reason_by_the_value_on_page_api_mail_and_export(
    value: int, currency: str, rate: str | None, is_shown: bool, acme: Tenant, seller: Membership, manager: Membership,
    programme_admin: Membership, share: Any, acting: Any, client_of: ClientOf, call: Call,
) -> None:  # fmt: skip
    """What is withheld stands nowhere that a partner can read; the vendor reads it everywhere."""
    deal = share(value, currency)
    if rate:
        with acting(programme_admin):
            set_rate("EUR", "USD", localdate(), Decimal(rate), by=programme_admin)
    with acting(manager):
        held = decline_response(response_of(deal).pk, code="no_seller", text=SECRET, by=manager)
    assert held.rate == (None if currency == "EUR" and not rate else Decimal(rate or 1))
    with tenant_scope(acme):
        fan_out_events()
        rows = Message.objects.select_related("event", "recipient").filter(recipient=seller)
        mail = "".join(
            text_of(parsed(write_mail(row, acme, partner_name="Nordwind", at=now()).content)) for row in rows
        )
    page, record, listed = (f"/acme/{path}" for path in (f"deals/{deal.pk}/", f"responses/{held.pk}/", "responses/"))
    client = client_of(seller)
    api = f"responses/{held.pk}/"
    read = [client.get(path).content.decode() for path in (page, record, listed)]
    read += [b"".join(client.get("/acme/responses/export.csv")).decode(), mail.replace("\n", " ")]
    answers = [call(seller).get(path) for path in (api, "responses/", f"deals/{deal.pk}/timeline/", f"{api}timeline/")]
    read += [one.content.decode() for one in answers]
    sentence = str(SAID_TO_PARTNER[DeclineReason.NO_SELLER])
    for text in read[:5]:
        assert (sentence in text) == is_shown
        assert (BELOW in text) != is_shown
    for text in read:
        assert manager.name not in text
        assert is_shown or (SECRET not in text and "no_seller" not in text)
    assert answers[0].json()["withheld"] == ("" if is_shown else "below_threshold")
    assert answers[0].json()["reason_text"] == (SECRET if is_shown else "")
    assert call(manager).get(api).json()["reason_text"] == SECRET
    assert SECRET in client_of(manager).get(page).content.decode()


def test_without_the_threshold_every_reason_is_shown(
    manager: Membership, programme_admin: Membership, share: Any, acting: Any
) -> None:
    deal = share(100)
    with acting(programme_admin):
        change_response_rule(by=programme_admin, is_threshold_on=False)
    with acting(manager):
        assert decline_response(response_of(deal).pk, code="capacity", by=manager).withheld == ""


def test_the_seller_is_known_once_it_is_accepted(
    seller: Membership, manager: Membership, representative: Membership, share: Any, acting: Any, call: Call,
    client_of: ClientOf,
) -> None:  # fmt: skip
    deal = share()
    with acting(manager):
        held = response_of(deal)
        VendorResponse.objects.filter(pk=held.pk).update(representative=representative)
    client, api = client_of(seller), f"responses/{held.pk}/"
    assert representative.email not in client.get(f"/acme/deals/{deal.pk}/").content.decode()
    assert call(seller).get(api).json()["seller"] is None
    assert call(seller).get(api).json()["representative"] is None
    assert call(representative).post(f"{api}accept/", {}, version=1).status_code == 200
    assert representative.email in client.get(f"/acme/deals/{deal.pk}/").content.decode()
    assert call(seller).get(api).json()["seller"]["email"] == representative.email
    with acting(seller):
        win_deal(deal.pk, by=seller, value_minor=1, currency="USD", close_date=localdate())
        assert response_of(deal).status == ResponseStatus.WON


def test_one_asks_again_once_from_a_declined_one(
    seller: Membership, manager: Membership, share: Any, acting: Any
) -> None:
    deal = share()
    with acting(manager):
        first = decline_response(response_of(deal).pk, code="duplicate", by=manager)
    with acting(seller):
        create_again(first.pk, by=seller)
        with pytest.raises(Refused, match="asked again already"):
            create_again(first.pk, by=seller)
        second = response_of(deal, 2)
        assert (second.previous_id, second.status) == (first.pk, ResponseStatus.PENDING)
        assert VendorResponse.objects.filter(deal=deal).count() == 2
        lose_deal(deal.pk, code="price", by=seller)
        assert (response_of(deal).status, response_of(deal, 2).status) == ("declined", "expired")


def test_another_reason_has_to_be_said(manager: Membership, share: Any, acting: Any) -> None:
    deal = share()
    with acting(manager), pytest.raises(Refused):
        decline_response(response_of(deal).pk, code="other", by=manager)


def test_it_reminds_thrice_and_expires_at_the_end_of_the_day_and_tells_why_there_is_no_reason(
    acme: Tenant, seller: Membership, manager: Membership, share: Any, acting: Any, client_of: ClientOf
) -> None:
    with time_machine.travel(datetime(2026, 11, 4, 10, tzinfo=UTC), tick=False) as clock:
        deal = share()
        with acting(manager):
            due = response_of(deal).due_at
        sent = 0
        for days in (8, 7, 3, 1):
            clock.move_to(due - timedelta(days=days))
            sent += sweep_responses()
            assert sweep_responses() == 0
        assert sent == 3
        clock.move_to(due - timedelta(seconds=1))
        assert sweep_responses() == 0
        clock.move_to(due)
        assert (sweep_responses(), sweep_responses()) == (1, 0)
        with acting(manager):
            assert response_of(deal).status == ResponseStatus.EXPIRED
            with pytest.raises(Refused):
                accept_response(response_of(deal).pk, by=manager)
        assert "ended before it was answered" in client_of(seller).get(f"/acme/deals/{deal.pk}/").content.decode()


def test_days_are_calendar_days_to_the_end_of_that_or_the_next_business_day() -> None:
    week = (((540, 1020),),) * 5 + ((), ())
    hours = Hours("Europe/Berlin", week, closing_days=frozenset({date(2026, 11, 30)}))
    wednesday = datetime(2026, 11, 11, 23, 30, tzinfo=UTC)  # in Berlin it is Thursday
    assert end_of_business_day(hours, wednesday, days=14) == datetime(2026, 11, 26, 16, tzinfo=UTC)
    assert end_of_business_day(hours, wednesday, days=16) == datetime(2026, 12, 1, 16, tzinfo=UTC)
    with pytest.raises(ValueError, match="No day"):
        end_of_business_day(Hours("UTC", ((),) * 7), wednesday, days=1)


def test_reminders_that_were_missed_are_not_made_up_for() -> None:
    due = datetime(2026, 11, 26, 16, tzinfo=UTC)
    assert next_reminder(due, due - timedelta(days=2)) == due - timedelta(days=1)
    assert next_reminder(due, due - timedelta(hours=1)) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_holds_and_the_other_is_told(
    acme: Tenant, manager: Membership, share: Any, admin_cursor: Any
) -> None:
    deal = share()
    with tenant_scope(acme):
        held = response_of(deal)
    bodies: dict[str, dict[str, str]] = {"accept": {}, "decline": {"code": "capacity"}}
    callers = {step: Caller(signed_in(manager)) for step in bodies}

    def answer(step: str) -> int:
        try:
            return int(callers[step].post(f"responses/{held.pk}/{step}/", bodies[step], version=1).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads, transaction.atomic():
        with tenant_scope(acme):
            Deal.objects.select_for_update().get(pk=deal.pk)
        asked = [threads.submit(answer, step) for step in bodies]
        while waiting(admin_cursor) + sum(each.done() for each in asked) < len(asked):
            pass  # until both stand in the queue of the deal's row
    assert sorted(each.result() for each in asked) == [200, 412]
    with tenant_scope(acme):
        kinds = {"deal.response_accepted", "deal.response_declined"}
        assert len(kinds & {*told_of(deal)}) == 1
        assert response_of(deal).version == 2


def test_what_awaits_an_answer_is_handed_over_with_the_seat(
    manager: Membership, representative: Membership, share: Any, acting: Any
) -> None:
    deal = share()
    with acting(manager):
        VendorResponse.objects.update(representative=representative)
        kind = next(one for one in kinds_needing(None) if one.key == "responses")
        assert kind.many(representative) == 1
        assert manager in kind.successors(representative)
        assert kind.hand_over(representative, manager, manager) == 1
        assert (response_of(deal).representative, response_of(deal).version) == (manager, 2)
        assert kind.many(representative) == 0


def test_a_partner_who_was_slower_is_told_no_reason(
    seller: Membership, manager: Membership, share: Any, acting: Any, call: Call
) -> None:
    """What is said of the difference is what the side may know of it."""
    deal = share(value=100_000)
    with acting(manager):
        asked = response_of(deal)
        decline_response(asked.pk, code="capacity", text=SECRET, by=manager)
    answer = call(seller).post(f"responses/{asked.pk}/create-again/", version=1)
    told = answer.content.decode()
    assert (answer.status_code, "declined" in told) == (412, True)
    for word in (SECRET, "capacity", manager.name):
        assert word not in told
