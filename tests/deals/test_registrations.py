"""Deal registrations: come with the shared deal, hold its customer for a while, are decided where two want it (E5)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from deals.models import Deal, DealRegistration
from deals.services.deals import lose_deal, win_deal
from deals.services.opening import open_deal
from deals.services.registering import (
    ask_deal_extension,
    grant_deal_extension,
    refuse_deal_extension,
    register_again,
    sweep_registrations,
    turn_down_registration,
)
from deals.services.registration_rules import change_registration_rule
from deals.services.sharing import share_deal
from deals.states.registrations import RegistrationStatus
from leads.models import Lead, Program
from leads.selectors.verdicts import verdict_of
from leads.services import new_lead_id, submit_lead
from leads.states import Conflict
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.partners.models import Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.states.lasting import Extension
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.conftest import answers
from tests.deals.test_deals import COLUMNS

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]
SITE = "https://kruse.example"
KEYS = ["d:kruse.example"]


@pytest.fixture
def opened(acme: Tenant, acting: Any) -> Callable[..., Deal]:
    """A deal with Kruse Feinkost of whoever opens it; shared, unless another type is said."""

    def opened(by: Membership, type: str = "co_sell") -> Deal:
        with acting(by):
            of = {"partner_id": by.partner_id, "name": "Till in a box"}
            ready, _is_new = Solution.objects.get_or_create(**of, status=SolutionStatus.CO_SELL_READY)
            return open_deal(by=by, solutions=[ready.pk], team=[by.pk], type=type, website=SITE, **COLUMNS)

    return opened


def registration(acme: Tenant, deal: Any) -> DealRegistration:
    with tenant_scope(acme):
        return DealRegistration.objects.get(deal=deal)


@pytest.fixture
def lead(acting: Callable[[Membership], Any], seller: Membership) -> Lead:
    """One of Nordwind's for the same business, protected for twenty days."""
    values = answers(consent=True, terms=True, consent_date=None, sales_support=True, website=SITE)
    with acting(seller):
        lead = submit_lead(new_lead_id(), program=Program.objects.get(slug="pos"), answers=values, by=seller)
        lead.protected_until = now() + timedelta(days=20)
        lead.save(update_fields=["protected_until"])
        return lead


def test_comes_with_the_shared_deal_and_ends_with_it(
    acme: Tenant, seller: Membership, manager: Membership, opened: Callable[..., Deal], acting: Any, call: Call,
    client_of: ClientOf,
) -> None:  # fmt: skip
    private, deal = opened(seller, "private"), opened(seller)
    assert deal.active_registrations == 1
    for reader in (seller, manager):
        listed = call(reader).get("deals/", {"registrations": "1"}).json()["results"]
        assert [row["id"] for row in listed] == [str(deal.pk)]
        page = client_of(reader).get(f"/acme/deals/{deal.pk}/").content.decode()
        for words in ("Deal registration", "Active", "90 days left"):
            assert words in page
    assert [row["id"] for row in call(seller).get("deals/", {"registrations": "0"}).json()["results"]] == [
        str(private.pk)
    ]
    assert "Number of active deal registrations" in client_of(seller).get("/acme/deals/").content.decode()

    with acting(seller):
        share_deal(private.pk, contact=manager.pk, intro_note="A word.", reached_out=True, by=seller)
        lose_deal(deal.pk, code="price", by=seller)
        won = win_deal(private.pk, value_minor=900, currency="EUR", close_date=now().date(), by=seller)
    assert won.active_registrations == 0
    assert call(seller).get("deals/", {"registrations": "1"}).json()["results"] == []
    for one in (deal, private):
        assert registration(acme, one).status == RegistrationStatus.ENDED


def test_others_hear_that_the_business_is_protected_and_until_when(
    acme: Tenant, seller: Membership, rival: Membership, manager: Membership, opened: Callable[..., Deal],
    acting: Any, call: Call, client_of: ClientOf,
) -> None:  # fmt: skip
    first = opened(seller)
    held = registration(acme, first)
    with acting(rival):
        found = verdict_of(KEYS, partner_id=rival.partner_id, lead_id=new_id())
        assert (found.word, found.day, found.lead_id) == (Conflict.HELD, held.until, None)
    with acting(seller):
        assert verdict_of(KEYS, partner_id=seller.partner_id, lead_id=new_id()).word == Conflict.FREE

    second = opened(rival)
    waiting = registration(acme, second)
    assert (waiting.status, waiting.until, second.active_registrations) == ("review", held.until, 0)
    page = client_of(rival).get(f"/acme/deal-registrations/{waiting.pk}/").content.decode()
    assert "protected for another partner" in page
    assert seller.partner is not None
    assert seller.partner.name not in page
    assert call(rival).post(f"deal-registrations/{waiting.pk}/register/", {}, version=1).status_code == 404
    decided = call(manager).post(f"deal-registrations/{waiting.pk}/register/", {}, version=1)
    assert (decided.status_code, decided.json()["status"]) == (200, "active")
    assert call(rival).get(f"deals/{second.pk}/").json()["active_registrations"] == 1

    with acting(seller):
        lose_deal(first.pk, code="price", by=seller)
    with acting(seller):
        assert verdict_of(KEYS, partner_id=seller.partner_id, lead_id=new_id()).word == Conflict.HELD


def test_a_protected_lead_of_another_partner_is_asked_for_too(
    acme: Tenant, lead: Lead, rival: Membership, manager: Membership, opened: Callable[..., Deal], acting: Any
) -> None:
    deal = opened(rival)
    waiting = registration(acme, deal)
    assert (waiting.status, waiting.until) == (RegistrationStatus.REVIEW, lead.protected_until)
    with tenant_scope(acme):
        fan_out_events()
        told = Message.objects.filter(event__kind="dealregistration.held").values_list("recipient", flat=True)
        assert manager.pk in told
    with acting(manager):
        turn_down_registration(waiting.pk, text="Another one came first.", by=manager)
    with tenant_scope(acme):
        fan_out_events()
        told = Message.objects.filter(event__kind="dealregistration.refused").values_list("recipient", flat=True)
        assert list(told) == [rival.pk]
        assert Deal.objects.get(pk=deal.pk).active_registrations == 0


def test_an_extension_is_asked_for_once_and_granted_or_refused(
    acme: Tenant, seller: Membership, manager: Membership, opened: Callable[..., Deal], acting: Any
) -> None:
    held = registration(acme, opened(seller))
    with acting(manager), pytest.raises(Refused):
        grant_deal_extension(held.pk, by=manager)
    with acting(seller):
        ask_deal_extension(held.pk, text="They open in May.", by=seller)
        with pytest.raises(Refused):
            ask_deal_extension(held.pk, text="Once more.", by=seller)
    with acting(manager):
        granted = grant_deal_extension(held.pk, by=manager)
        assert (granted.until - held.until, granted.extension) == (timedelta(days=30), Extension.GRANTED)
        with pytest.raises(Refused):
            refuse_deal_extension(held.pk, text="No.", by=manager)
    with acting(seller), pytest.raises(Refused):
        ask_deal_extension(held.pk, text="Once more.", by=seller)


def test_the_clock_reminds_thrice_and_ends_it_and_the_vendor_can_begin_it_anew(
    acme: Tenant, seller: Membership, manager: Membership, opened: Callable[..., Deal], acting: Any
) -> None:
    with time_machine.travel("2026-11-02T10:00:00Z", tick=False) as clock:
        held = registration(acme, opened(seller))
        done = []
        for days in (75, 76, 77, 83, 84, 89, 90):
            clock.move_to(f"{(held.starts_at + timedelta(days=days)).isoformat()}")
            done.append(sweep_registrations())
            assert sweep_registrations() == 0
        assert done == [0, 1, 0, 1, 0, 1, 1]
        ended = registration(acme, held.deal_id)
        assert ended.status == RegistrationStatus.EXPIRED
        with acting(seller):
            assert Deal.objects.get(pk=held.deal_id).active_registrations == 0
        with acting(manager):
            again = register_again(held.pk, by=manager)
            assert (again.status, again.days_left, again.extension) == (RegistrationStatus.ACTIVE, 90, "")


def test_the_programme_admin_sets_the_days_and_others_cannot(
    acme: Tenant, seller: Membership, manager: Membership, programme_admin: Membership, opened: Callable[..., Deal],
    acting: Any, call: Call, client_of: ClientOf,
) -> None:  # fmt: skip
    page = "/acme/programme/deal-registrations/"
    wrong = client_of(programme_admin).post(page, {"protected_days": "731", "extended_days": "10", "version": "1"})
    assert (wrong.status_code, "from 1 to 730" in wrong.content.decode()) == (409, True)
    with acting(programme_admin):
        change_registration_rule(by=programme_admin, protected_days=10)
    assert registration(acme, opened(seller)).days_left == 10
    assert client_of(manager).get(page).status_code == 403
    assert call(seller).get("deal-registration-rules/").status_code == 403


def test_two_partners_who_share_at_once_are_not_both_registered(
    acme: Tenant, seller: Membership, rival: Membership, opened: Callable[..., Deal], acting: Any
) -> None:
    """The verdict that registering asks for holds the keys until the transaction ends: who is second waits."""
    opened(seller)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock'")
        (held,) = cursor.fetchone()
    assert held >= len(KEYS)
    opened(rival)
    with tenant_scope(acme):
        assert DealRegistration.objects.filter(status=RegistrationStatus.ACTIVE).count() == 1


def test_a_third_partner_finds_no_registration(
    acme: Tenant, seller: Membership, rival: Membership, colleague: Membership, opened: Callable[..., Deal],
    client_of: ClientOf,
) -> None:  # fmt: skip
    held = registration(acme, opened(seller))
    for reader in (rival, colleague):
        assert client_of(reader).get(f"/acme/deal-registrations/{held.pk}/").status_code == 404
    assert client_of(seller).get(f"/acme/deal-registrations/{held.pk}/ask-extension/").status_code == 200
