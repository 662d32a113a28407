"""What loops sends a number of statements that does not grow with its rows, or grows by a price that stands here.

Pages are counted where they are tested, lists with their files and API in tests/kits/test_lists.py. Here are acts on
many records, the worker's batch and the demo's data.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leads.demo.data import PORTALS
from leads.demo.stories import DemoStory
from leads.models import Lead
from leads.services import assign_lead, assign_leads, award_lead
from notifications.models import Message
from notifications.services import fan_out_events, outbox, send_due_messages
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.scope import tenant_scope
from tests.notifications.conftest import sink  # noqa: F401 - a fixture
from tests.notifications.sink import Sink

FEW, MANY = 1, 30
LEAD_OF_DEMO = 37
"""A lead of the demo, over all its paths: 12 to submit it, one of them its receipt, and 18 to decide on it; since its
protection begins and ends with it, and claims, clocks, conflicts, appeals, invitations and the ranking hear of each
decision, up to 30 more."""


@pytest.fixture
def awarded(
    seller: Membership, manager: Membership, representative: Membership, new_lead: Callable[..., Lead], acting: Any
) -> Callable[[int], list[Lead]]:
    """So many leads of the seller, assigned and awarded."""

    def make(count: int) -> list[Lead]:
        leads = [
            new_lead(seller, company=f"Shop {count} {n}", website=f"https://s{count}-{n}.example.org")
            for n in range(count)
        ]
        with acting(manager):
            for lead in leads:
                assign_lead(lead.pk, to=representative.pk, by=manager)
                award_lead(lead.pk, by=manager)
        return leads

    return make


def statements(act: Callable[[], Any]) -> int:
    """How many statements the act sends; savepoints are not counted."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


def test_assigning_many_costs_the_same_for_each(
    manager: Membership, seller: Membership, representative: Membership, new_lead: Callable[..., Lead], acting: Any
) -> None:
    counts = {}
    for count in (FEW, MANY):
        chosen = {new_lead(seller, company=f"Shop {count} {n}").pk: None for n in range(count)}
        with acting(manager):
            act = lambda chosen=chosen: assign_leads(chosen, to=representative.pk, by=manager)  # noqa: E731 - called at once
            counts[count] = statements(act)
    assert (counts[MANY] - counts[FEW]) / (MANY - FEW) <= 5, counts


def test_the_workers_batch_costs_less_than_a_statement_for_each_mail(
    seller: Membership,
    manager: Membership,
    new_lead: Callable[..., Lead],
    acting: Any,
    sink: Sink,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The clock stands: on a slow machine what was sent is marked before all that can be marked together is sent."""
    monkeypatch.setattr(outbox, "monotonic", lambda: 0.0)
    counts = {}
    for count in (FEW, MANY):
        fan_out_events()
        with acting(manager):
            Message.objects.all().delete()
        for number in range(count):
            new_lead(seller, company=f"Shop {count} {number}")
        sent: list[int] = []
        counts[count] = statements(lambda sent=sent: sent.append(send_due_messages()))
        assert sent == [2 * count]
    assert (counts[MANY] - counts[FEW]) / (2 * (MANY - FEW)) <= 1, counts


def test_each_lead_of_the_demo_costs_the_same(
    seller: Membership, manager: Membership, representative: Membership, acme: Any
) -> None:
    people = SimpleNamespace(seller=seller, manager=manager, representative=representative)
    with tenant_scope(acme):  # whom somebody covers is read once for each person, not for each lead
        assert not any(one.covered for one in (seller, manager, representative))

    def tell(count: int, start: int) -> None:
        for index in range(start, start + count):
            DemoStory(PORTALS["tallvik"], acme, people.seller, people.manager, people.representative, index * 11).tell(
                days_ago=1
            )

    tell(1, 0)
    first, rest = statements(lambda: tell(FEW, 1)), statements(lambda: tell(MANY, 2))
    assert rest <= LEAD_OF_DEMO * MANY, (first, rest)
