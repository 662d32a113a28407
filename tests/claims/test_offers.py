"""An offer stands so many hours of the vendor's calendar; its clock ends with it (E2, rulings 5)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from time_machine import travel

from leads.models import NEVER, Lead
from leads.services import refuse_lead
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.calendars.services import change_calendar
from partnerhub.claims import tasks as claims
from partnerhub.claims.models import Claim, Queue, QueuedLead
from partnerhub.claims.services import WhereTo, change_queue, claim_for, claim_lead, return_lead, take_back
from partnerhub.clocks import tasks as clocks
from partnerhub.clocks.models import Clock
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db
Bring = Callable[..., Lead]

FRIDAY = datetime(2026, 11, 27, 15, tzinfo=UTC)  # two hours before the week ends
DUE = datetime(2026, 12, 1, 15, tzinfo=UTC)  # 16 working hours later


@pytest.fixture
def time() -> Iterator[Any]:
    with travel(FRIDAY, tick=False) as moved:
        yield moved


@pytest.fixture
def offer(time: Any, bring: Bring, seller: Membership) -> Lead:
    return bring(WhereTo.OFFER, partner=seller.partner)


def due(acme: Tenant) -> set[datetime | None]:
    """By when the offer is to be answered, as each of those says who knows."""
    with tenant_scope(acme):
        rows = (Claim.objects.get().lease_until, QueuedLead.objects.get().due_at, Lead.objects.get().due_at)
        return {*rows, Clock.objects.get(step="offer").due_at}


def swept(acme: Tenant) -> list[str]:
    for sweep in (clocks.sweep, claims.sweep) * 2:
        sweep()
    with tenant_scope(acme):
        told = Event.objects.filter(subject_type__in=["claim", "clock"]).order_by("id")
        return list(told.values_list("kind", flat=True))


def test_it_is_due_in_working_time_and_both_sides_read_what_is_left(
    offer: Lead, time: Any, acme: Tenant, client_of: Any, seller: Membership, manager: Membership
) -> None:
    assert due(acme) == {DUE}
    time.move_to(DUE - timedelta(minutes=90))
    waiting = client_of(seller).get("/acme/leads/?view=queue").content.decode()
    assert "1 h 30 min left" in waiting
    client = client_of(manager)
    assert "1 h 30 min left" in client.get(f"/acme/leads/{offer.pk}/").content.decode()
    assert "1 h 30 min left" in client.get("/acme/leads/?columns=company&columns=due").content.decode()


def test_its_partner_is_reminded_once_and_over_it_is_over(
    offer: Lead, time: Any, acme: Tenant, seller: Membership, rival: Membership
) -> None:
    time.move_to(DUE - timedelta(hours=2, seconds=1))
    assert swept(acme) == ["claim.offered"]
    time.move_to(DUE - timedelta(hours=2))
    assert swept(acme) == ["claim.offered", "claim.reminded"]
    while fan_out_events():
        pass
    with tenant_scope(acme):
        reminded = Event.objects.get(kind="claim.reminded")
        assert offer.company not in str(reminded.data)
        readers = set(Message.objects.filter(event=reminded).values_list("recipient", flat=True))
        assert seller.pk in readers
        assert rival.pk not in readers
    time.move_to(DUE)
    assert swept(acme) == ["claim.offered", "claim.reminded", "claim.expired"]
    with tenant_scope(acme):
        clock = Clock.objects.get()
        assert (clock.stopped_at, clock.is_answered, Lead.objects.get().due_at) == (DUE, False, NEVER)


def test_a_changed_calendar_moves_an_open_offer(
    offer: Lead, time: Any, acme: Tenant, programme_admin: Membership, acting: Any
) -> None:
    with acting(programme_admin):
        change_calendar({"closing_days": ["2026-11-30 Stocktaking"]}, by=programme_admin)
    assert swept(acme) == ["claim.offered"]
    assert due(acme) == {DUE + timedelta(days=1)}
    time.move_to(DUE)
    assert swept(acme) == ["claim.offered"]


def test_its_queue_says_how_long_it_stands(
    bring: Bring, time: Any, acme: Tenant, manager: Membership, seller: Membership, acting: Any
) -> None:
    bring()
    with acting(manager):
        change_queue(Queue.objects.get(is_fallback=True).pk, {"offer_hours": 3}, by=manager)
    lead = bring(WhereTo.OFFER, number=2, partner=seller.partner)
    with tenant_scope(acme):
        assert Claim.objects.get(lead=lead.pk).lease_until == datetime(2026, 11, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("way", "is_answered"),
    [("accept", True), ("decline", True), ("take back", False), ("give to another", False), ("refuse", False)],
)
def test_with_the_offer_its_clock_stops(
    way: str,
    is_answered: bool,
    offer: Lead,
    acme: Tenant,
    seller: Membership,
    rival: Membership,
    manager: Membership,
    acting: Any,
) -> None:
    acts: dict[str, tuple[Membership, Callable[[], Any]]] = {
        "accept": (seller, lambda: claim_lead(offer.pk, by=seller)),
        "decline": (seller, lambda: return_lead(offer.pk, text="Too far away.", by=seller)),
        "take back": (manager, lambda: take_back(offer.pk, text="They asked us to.", by=manager)),
        "give to another": (
            manager,
            lambda: claim_for(offer.pk, partner=rival.partner, holder=rival, by=manager),  # type: ignore[arg-type]
        ),
        "refuse": (manager, lambda: refuse_lead(offer.pk, code="other", text="They have closed.", by=manager)),
    }
    member, act = acts[way]
    with acting(member):
        act()
    with tenant_scope(acme):
        clock = Clock.objects.get()
        assert (clock.stopped_at, clock.is_answered) == (FRIDAY, is_answered)
        assert Lead.objects.get().due_at == NEVER
