"""A won deal is registered for an incentive: what it needs, who decides, how often, and until when (B7, ruling 14)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.utils.timezone import localdate, now

from deals.models import Deal
from deals.services import win_deal
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.holdings import kinds_needing
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import add_service_member, create_token
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.offers.services import accept_offer, send_offer
from partnerhub.partners.models import Partner
from partnerhub.partners.rates import set_rate
from partnerhub.portal.services import open_portal
from partnerhub.registrations.models import Incentive, Registration
from partnerhub.registrations.selectors import conditions_of
from partnerhub.registrations.services import (
    approve_amount,
    approve_registration,
    ask_for_changes,
    ask_more_time,
    change_incentive_rule,
    describe_contract,
    grant_more_time,
    refuse_more_time,
    register_for_incentive,
    reject_registration,
    send_registration,
    send_registration_again,
    sweep_incentive_registrations,
)
from partnerhub.registrations.states import RegisteredStatus
from partnerhub.responses.models import VendorResponse
from partnerhub.responses.services import accept_response
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call, Caller
from tests.conftest import make_member, signed_in
from tests.kits.test_races import waiting
from tests.offers.brings import BODY as OFFERED
from tests.registrations.brings import incentive, opened_by, won_by

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]
WHOLE = {"code": "contract", "text": "It names another customer."}


@pytest.fixture
def offered(programme_admin: Membership, acting: Any) -> Incentive:
    with acting(programme_admin):
        return incentive()


@pytest.fixture
def claim(seller: Membership, offered: Incentive, acting: Any) -> Callable[..., Registration]:
    """A registration of Nordwind's: a draft, or, where its contract is worth something, one that is described."""

    def made(contract: int = 0, currency: str = "USD") -> Registration:
        with acting(seller):
            found = register_for_incentive(won_by(seller, seller).pk, incentive=offered.pk, by=seller)
            return described(found, seller, contract, currency) if contract else found

    return made


@pytest.fixture
def sent(seller: Membership, claim: Any, acting: Any) -> Callable[..., Registration]:
    """One that waits for the review."""

    def made(contract: int = 4_200_000, currency: str = "USD") -> Registration:
        held = claim(contract, currency)
        with acting(seller):
            return send_registration(held.pk, by=seller)

    return made


def described(
    held: Registration, by: Membership, contract: int = 4_200_000, currency: str = "USD", signed: int = 5
) -> Registration:
    return describe_contract(
        held.pk,
        solution=held.deal.solutions[0],
        contract_minor=contract,
        currency=currency,
        signed_on=localdate() - timedelta(days=signed),
        contract_start=localdate(),
        contract_end=localdate() + timedelta(days=364),
        by=by,
    )


@pytest.fixture
def roads_of(acting: Any) -> Callable[[Membership], dict[str, Any]]:
    """How one person takes a step: signed in, by a token of their own, by one that they made for a service member."""

    def of(person: Membership) -> dict[str, Any]:
        with acting(person):
            robot = add_service_member(name="Robot", roles=[Role.CHANNEL_MANAGER], by=person)
            scopes = ("registrations.view", "registrations.review", "registrations.amount")
            secrets = {
                road: create_token(
                    name=road, membership=seat, scopes=scopes, expires_at=now() + timedelta(days=9), by=person
                )[1]
                for road, seat in (("token", person), ("robot", robot))
            }
        browsers = {
            road: Client(headers={"host": "localhost", "authorization": f"Bearer {one}"})
            for road, one in secrets.items()
        }
        return {road: Caller(browser) for road, browser in {"session": signed_in(person), **browsers}.items()}

    return of


def codes(refusal: Any) -> set[str]:
    return {one.code for one in refusal.value.reasons}


def told_of(deal: Deal | UUID) -> list[str]:
    kinds = Event.objects.filter(subject_id=getattr(deal, "pk", deal), kind__startswith="deal.registration")
    return list(kinds.order_by("id").values_list("kind", flat=True))


CASES: dict[str, tuple[dict[str, Any], dict[str, Any], set[str]]] = {
    "all is there": ({}, {}, set()),
    "just at the threshold": ({"value_minor": 2_500_000}, {}, set()),
    "a cent below": ({"value_minor": 2_499_999}, {}, {"value"}),
    "private": ({"type": "private"}, {}, {"type"}),
    "72 hours": ({"age": timedelta(hours=72)}, {}, set()),
    "younger": ({"age": timedelta(hours=71)}, {}, {"age"}),
    "a co-sell deal without an answer": ({"type": "co_sell"}, {}, {"accepted"}),
    "no incentive for own solutions": ({}, {"is_ip": False}, {"ip"}),
    "a retired one": ({}, {"status": "retired"}, {"active"}),
    "no rate": ({}, {"currency": "EUR"}, {"value"}),
    "several": ({"age": timedelta(hours=1), "value_minor": 100}, {"is_ip": False}, {"age", "value", "ip"}),
}


@pytest.mark.parametrize(("deal", "asks", "missing"), CASES.values(), ids=CASES.keys())
def test_each_missing_condition_is_named(
    deal: Any, asks: Any, missing: set[str], seller: Membership, programme_admin: Membership, acting: Any
) -> None:
    with acting(programme_admin):
        asked = incentive(**asks)
    with acting(seller):
        won = won_by(seller, seller, **deal)
        if not missing:
            assert register_for_incentive(won.pk, incentive=asked.pk, by=seller).status == "draft"
            return
        with pytest.raises(Refused) as refusal:
            register_for_incentive(won.pk, incentive=asked.pk, by=seller)
        assert codes(refusal) == missing
        assert not Registration.objects.exists()


def test_what_it_is_worth_is_converted_and_kept(seller: Membership, programme_admin: Membership, acting: Any) -> None:
    with acting(programme_admin):
        asked = incentive(currency="EUR", threshold_minor=3_780_000)
        set_rate("USD", "EUR", localdate(), Decimal("0.9"), by=programme_admin)
    with acting(seller):
        held = register_for_incentive(won_by(seller, seller).pk, incentive=asked.pk, by=seller)
    assert (held.worth_minor, held.worth_currency, held.rate) == (3_780_000, "EUR", Decimal("0.9"))


def test_a_co_sell_deal_that_the_vendor_accepted_or_won_can_be_registered(
    seller: Membership, manager: Membership, offered: Incentive, acting: Any
) -> None:
    with acting(seller):
        deal = opened_by(seller, seller, type="co_sell")
    with acting(manager):
        accept_response(VendorResponse.objects.get(deal=deal).pk, by=manager)
    with acting(seller):
        win_deal(deal.pk, value_minor=4_200_000, currency="USD", close_date=localdate(), by=seller)
        assert VendorResponse.objects.get(deal=deal).status == "won"
        assert register_for_incentive(deal.pk, incentive=offered.pk, by=seller).status == "draft"


def test_a_deal_that_the_vendor_has_offered_needs_no_word_of_the_vendor_besides(
    seller: Membership, manager: Membership, acting: Any
) -> None:
    assert seller.partner_id is not None
    with acting(manager):
        asked = OFFERED | {"close_date": localdate() + timedelta(days=30)}
        offer = send_offer(by=manager, partner=seller.partner_id, **asked)
    with acting(seller):
        money = {"value_minor": 4_200_000, "currency": "USD", "close_date": localdate() + timedelta(days=9)}
        deal = accept_offer(offer.pk, name="Tills", by=seller, **money).deal
        assert deal is not None
        assert (deal.type, {one.code for one in conditions_of(deal) if not one.ok}) == ("co_sell", {"won", "age"})


def test_the_deals_page_lists_what_is_there_and_what_is_missing_and_who_can_mend_it(
    seller: Membership, manager: Membership, finance: Membership, offered: Incentive, acting: Any,
    client_of: ClientOf,
) -> None:  # fmt: skip
    with acting(seller):
        deal = opened_by(seller, seller, type="co_sell")
    page = client_of(seller).get(f"/acme/deals/{deal.pk}/").content.decode()
    for sentence in (
        "The deal is not won.",
        "The deal is partner-led or co-sell.",
        "The deal is older than 72 hours.",
        "The vendor has not accepted the deal.",
        "The vendor accepts it while it is open.",
    ):
        assert sentence in page
    address = f"/acme/deals/{deal.pk}/register/"
    assert address not in page
    with acting(manager):
        accept_response(VendorResponse.objects.get(deal=deal).pk, by=manager)
    with acting(seller):
        win_deal(deal.pk, value_minor=100, currency="USD", close_date=localdate(), by=seller)
    page = client_of(seller).get(f"/acme/deals/{deal.pk}/").content.decode()
    assert "The deal is worth less than USD 25,000." in page
    assert address not in page
    with acting(seller):
        other = won_by(seller, seller)
    path, typed = f"/acme/deals/{other.pk}/", {"version": other.version, "incentive": offered.pk}
    for who, has in ((seller, True), (manager, True), (finance, False)):
        assert (f"{path}register/" in client_of(who).get(path).content.decode()) == has
    assert client_of(seller).post(f"{path}register/", typed).status_code == 302
    page = client_of(seller).get(path).content.decode()
    assert offered.name in page
    assert f"{path}register/" not in page


def test_registering_twice_gives_the_same_and_again_once_it_is_rejected(
    seller: Membership, manager: Membership, sent: Any, offered: Incentive, acting: Any
) -> None:
    held = sent()
    with acting(seller):
        assert register_for_incentive(held.deal_id, incentive=offered.pk, by=seller).pk == held.pk
        assert told_of(held.deal_id) == ["deal.registration_opened", "deal.registration_sent"]
    with acting(manager):
        reject_registration(held.pk, **WHOLE, by=manager)
    with acting(seller):
        again = register_for_incentive(held.deal_id, incentive=offered.pk, by=seller)
        assert again.pk != held.pk
        assert again.status == RegisteredStatus.DRAFT
        with pytest.raises(IntegrityError), transaction.atomic():
            Registration.objects.filter(pk=held.pk).update(status="approved")


@pytest.mark.django_db(transaction=True)
def test_two_who_register_at_once_have_the_same(
    acme: Tenant, seller: Membership, offered: Incentive, acting: Any, admin_cursor: Any
) -> None:
    with acting(seller):
        deal = won_by(seller, seller)
    callers = [Caller(signed_in(seller)) for _ in "ab"]

    def register(caller: Caller) -> str:
        try:
            body = {"incentive": str(offered.pk)}
            answer = caller.post(f"deals/{deal.pk}/registrations/", body, version=deal.version)
            assert answer.status_code == 201, answer.content
            return str(answer.json()["id"])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads, transaction.atomic():
        with tenant_scope(acme):
            Deal.objects.select_for_update().get(pk=deal.pk)
        asked = [threads.submit(register, one) for one in callers]
        while waiting(admin_cursor) + sum(each.done() for each in asked) < len(asked):
            pass  # until both stand in the queue of the deal's row
    assert len({each.result() for each in asked}) == 1
    with tenant_scope(acme):
        assert Registration.objects.count() == 1


def test_the_whole_road_is_told_to_the_other_side_and_on_the_deal(
    acme: Tenant, seller: Membership, colleague: Membership, manager: Membership, sent: Any, acting: Any
) -> None:
    held = sent()
    with acting(manager):
        ask_for_changes(held.pk, text="Which shops?", by=manager)
    with acting(seller):
        described(held, seller, contract=4_100_000)
        send_registration_again(held.pk, text="Those in Kiel.", by=seller)
    with acting(manager):
        assert approve_registration(held.pk, by=manager).status == RegisteredStatus.APPROVED
        steps = ("opened", "sent", "asked", "answered", "approved")
        assert told_of(held.deal_id) == [f"deal.registration_{step}" for step in steps]
    with tenant_scope(acme):
        fan_out_events()
        rows = Message.objects.filter(event__kind__startswith="registration.", recipient__in=[seller, manager])
        told = list(rows.order_by("event_id").values_list("event__kind", "recipient"))
    assert told == [
        ("registration.sent", manager.pk),
        ("registration.asked", seller.pk),
        ("registration.answered", manager.pk),
        ("registration.approved", seller.pk),
    ]


def test_the_partner_changes_it_only_as_a_draft_and_when_it_is_asked(
    seller: Membership, manager: Membership, sent: Any, acting: Any
) -> None:
    held = sent()
    with acting(seller), pytest.raises(Refused) as refusal:
        described(held, seller)
    assert codes(refusal) == {"status"}
    with acting(manager):
        ask_for_changes(held.pk, text="Which shops?", by=manager)
    with acting(seller):
        assert described(held, seller, contract=1).contract_minor == 1


def test_a_contract_is_signed_within_60_days_and_begins_no_earlier(seller: Membership, claim: Any, acting: Any) -> None:
    held = claim()
    with acting(seller):
        with pytest.raises(Refused) as refusal:
            send_registration(held.pk, by=seller)
        assert codes(refusal) == {"contract"}
        assert described(held, seller, signed=60).signed_on == localdate() - timedelta(days=60)
        with pytest.raises(Refused) as refusal:
            described(held, seller, signed=61, contract=0, currency="XXX")
        assert codes(refusal) == {"signed_on", "currency"}
        with pytest.raises(Refused) as refusal:
            described(held, seller, signed=-1)
        assert codes(refusal) == {"signed_on", "contract_start"}
        Registration.objects.filter(pk=held.pk).update(signed_on=localdate() - timedelta(days=61))
        with pytest.raises(Refused) as refusal:
            send_registration(held.pk, by=seller)
        assert codes(refusal) == {"signed"}


AMOUNTS = {
    "below": (99_999_999, "USD", False),
    "at it": (100_000_000, "USD", True),
    "nobody knows its worth": (100, "EUR", True),
}


@pytest.mark.parametrize(("contract", "currency", "needs_two"), AMOUNTS.values(), ids=AMOUNTS.keys())
def test_above_the_tenants_amount_two_people_approve(
    contract: int, currency: str, needs_two: bool, manager: Membership, finance: Membership,
    programme_admin: Membership, sent: Any, acting: Any,
) -> None:  # fmt: skip
    held = sent(contract, currency)
    assert held.needs_two == needs_two
    if not needs_two:
        with acting(finance), pytest.raises(Refused) as refusal:
            approve_amount(held.pk, by=finance)
        assert codes(refusal) == {"amount"}
        return
    with acting(manager):
        with pytest.raises(Refused) as refusal:
            approve_registration(held.pk, by=manager)
        assert codes(refusal) == {"amount-approved"}
        approve_amount(held.pk, by=manager)
        with pytest.raises(Refused) as refusal:
            approve_registration(held.pk, by=manager)
        assert codes(refusal) == {"second-person"}
    with acting(programme_admin):
        assert approve_registration(held.pk, by=programme_admin).status == RegisteredStatus.APPROVED


def test_what_was_approved_of_the_amount_is_so_no_more_once_it_has_changed(
    seller: Membership, manager: Membership, finance: Membership, sent: Any, acting: Any
) -> None:
    held = sent(100_000_000)
    with acting(finance):
        approve_amount(held.pk, by=finance)
    with acting(manager):
        ask_for_changes(held.pk, text="Which shops?", by=manager)
    with acting(seller):
        described(held, seller, contract=900_000_000)
        send_registration_again(held.pk, text="More of them.", by=seller)
    with acting(manager), pytest.raises(Refused) as refusal:
        approve_registration(held.pk, by=manager)
    assert codes(refusal) == {"amount-approved"}


@pytest.mark.parametrize(
    "roads", [("session", "token"), ("token", "session"), ("token", "robot"), ("robot", "session")]
)
def test_one_person_never_counts_twice_by_whatever_road(
    roads: tuple[str, str], acme: Tenant, sent: Any, roads_of: Callable[[Membership], dict[str, Any]]
) -> None:
    person = make_member(acme, "Ada Berg", Role.PROGRAMME_ADMIN, Role.CHANNEL_MANAGER)
    held, ways = sent(100_000_000), roads_of(person)
    first, second = (ways[road] for road in roads)
    done = first.post(f"registrations/{held.pk}/approve-amount/", {}, version=held.version)
    assert done.status_code == 200, done.content
    answer = second.post(f"registrations/{held.pk}/approve/", {}, version=held.version + 1)
    assert answer.status_code == 409, answer.content
    assert [one["code"] for one in answer.json()["reasons"]] == ["second-person"]


def test_nor_does_a_person_who_comes_back_to_another_seat(acme: Tenant, sent: Any, acting: Any) -> None:
    person, held = make_member(acme, "Ada Berg", Role.FINANCE), sent(100_000_000)
    with acting(person):
        approve_amount(held.pk, by=person)
    with tenant_scope(acme):
        Membership.objects.filter(pk=person.pk).update(is_active=False)
    again = make_member(acme, "Ada Berg", Role.CHANNEL_MANAGER, user=person.user)
    with acting(again), pytest.raises(Refused) as refusal:
        approve_registration(held.pk, by=again)
    assert codes(refusal) == {"second-person"}


def test_a_partner_does_not_read_who_approved_the_amount(
    seller: Membership, manager: Membership, finance: Membership, sent: Any, acting: Any, call: Call,
    client_of: ClientOf,
) -> None:  # fmt: skip
    held = sent(100_000_000)
    with acting(finance):
        approve_amount(held.pk, by=finance)
    paths = (f"registrations/{held.pk}/", f"registrations/{held.pk}/timeline/")
    read = [call(seller).get(path).content.decode() for path in paths]
    read.append(client_of(seller).get(f"/acme/{paths[0]}").content.decode())
    assert all(finance.name not in text for text in read)
    assert call(manager).get(paths[0]).json()["amount_approved_by"]["name"] == finance.name
    late = call(seller).post(f"{paths[0]}edit/", {}, version=held.version)
    assert finance.name not in late.content.decode()


def test_the_vendor_registers_for_a_partner_whose_oldest_referrals_admin_owns_it_and_is_told(
    acme: Tenant, nordwind: Partner, seller: Membership, manager: Membership, offered: Incentive, acting: Any,
) -> None:  # fmt: skip
    joined = now() - timedelta(days=900)
    oldest = make_member(acme, "Ole Grau", Role.REFERRALS_ADMIN, partner=nordwind, joined_at=joined)
    make_member(acme, "Uwe Alt", Role.REFERRALS_USER, partner=nordwind, joined_at=now() - timedelta(days=1000))
    with acting(seller):
        deal = won_by(seller, seller)
    with acting(manager):
        held = register_for_incentive(deal.pk, incentive=offered.pk, by=manager)
        assert held.owner == oldest
    with tenant_scope(acme):
        fan_out_events()
        rows = Message.objects.filter(event__kind="registration.opened")
        assert list(rows.values_list("recipient", flat=True)) == [oldest.pk]


def test_it_reminds_thrice_and_expires_and_an_extension_is_asked_for_once(
    seller: Membership, manager: Membership, claim: Any, acting: Any
) -> None:
    with time_machine.travel(datetime(2026, 11, 4, 10, tzinfo=UTC), tick=False) as clock:
        first, second = claim(), claim()
        due = first.due_at
        with acting(seller):
            for one in (first, second):
                ask_more_time(one.pk, text="They are on holiday.", by=seller)
            with pytest.raises(Refused) as refusal:
                ask_more_time(first.pk, text="Again.", by=seller)
            assert codes(refusal) == {"extension"}
        with acting(manager):
            assert grant_more_time(first.pk, by=manager).due_at == due + timedelta(days=30)
            assert refuse_more_time(second.pk, text="It is long enough.", by=manager).due_at == due
        reminded = 0
        for days in (8, 7, 3, 1):
            clock.move_to(due - timedelta(days=days))
            reminded += sweep_incentive_registrations()
            assert sweep_incentive_registrations() == 0
        assert reminded == 3
        clock.move_to(due - timedelta(seconds=1))
        assert sweep_incentive_registrations() == 0
        clock.move_to(due)
        assert (sweep_incentive_registrations(), sweep_incentive_registrations()) == (1, 0)
        with acting(seller):
            states = {one.pk: one.status for one in Registration.objects.all()}
            assert states == {first.pk: "draft", second.pk: "expired"}
            assert told_of(second.deal_id)[-1] == "deal.registration_expired"
            with pytest.raises(Refused) as refusal:
                register_for_incentive(second.deal_id, incentive=second.incentive_id, by=seller)
            assert codes(refusal) == {"in-time"}


def test_who_is_asked_late_has_time_to_answer_and_rules_are_the_tenants(
    seller: Membership, manager: Membership, programme_admin: Membership, sent: Any, acting: Any
) -> None:
    with acting(programme_admin):
        change_incentive_rule(by=programme_admin, deadline_days=10, answer_days=7, two_from_minor=1, currency="USD")
    with time_machine.travel(datetime(2026, 11, 4, 10, tzinfo=UTC), tick=False) as clock:
        held = sent()
        assert held.needs_two
        assert held.due_at.date() == datetime(2026, 11, 16, tzinfo=UTC).date()  # the 14th is a Saturday
        clock.shift(timedelta(days=30))
        assert sweep_incentive_registrations() == 0
        with acting(manager):
            asked = ask_for_changes(held.pk, text="Which shops?", by=manager)
            assert asked.due_at > now() + timedelta(days=6)
        assert sweep_incentive_registrations() == 0


def test_a_new_tenant_opens_with_three_ip_incentives_in_its_language(db: None) -> None:
    tenant = Tenant(slug="swiezy", name="Świeży", language="pl", timezone="Europe/Warsaw")
    open_portal(tenant, admin_email="admin@swiezy.example.org", admin_name="Ada")
    with tenant_scope(tenant):
        rows = Incentive.objects.order_by("code")
        assert [(one.code, one.is_ip, one.status) for one in rows] == [
            ("business-applications-premium", True, "active"),
            ("business-applications-standard", True, "active"),
            ("ip-co-sell", True, "active"),
        ]


def test_two_incentives_have_two_codes(programme_admin: Membership, offered: Incentive, call: Call) -> None:
    body = {"name": "Other", "code": offered.code, "is_ip": True, "threshold_minor": 1, "currency": "USD"}
    answer = call(programme_admin).post("incentives/", body)
    assert answer.status_code == 422
    assert "code" in answer.json()["errors"], answer.json()


def test_its_owner_leaves_and_a_colleague_goes_on(
    seller: Membership, colleague: Membership, claim: Any, acting: Any
) -> None:
    held = claim()
    with acting(seller):
        kind = next(one for one in kinds_needing(None) if one.key == "registrations")
        assert (kind.many(seller), kind.successors(seller)) == (1, [colleague])
        assert kind.hand_over(seller, colleague, seller) == 1
        assert Registration.objects.get(pk=held.pk).owner == colleague
        assert kind.many(seller) == 0
