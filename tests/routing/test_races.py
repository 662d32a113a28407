"""Two workers that route at once, and one that dies between choosing and writing: each lead is routed once (E9)."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from leads.models import Lead
from leads.services import assign_lead
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.routing.models import LeadRouting, RuleSet
from partnerhub.routing.services import route_waiting
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.claims.test_races import at_once
from tests.kits.rows import copies
from tests.routing.conftest import rule
from tests.stack import until

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 40
BLOCKED = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'SELECT "leads_lead"%'
"""
KINDS = ("lead.assigned", "leadrouting.decided")


@pytest.fixture
def leads(
    new_lead: Callable[..., Lead],
    acme: Tenant,
    rules_on: Callable[..., RuleSet],
    seller: Membership,
    manager: Membership,
    representative: Membership,
) -> list[Lead]:
    """So many leads that wait, of which two people get the same number."""
    rules_on(rule(manager.pk, kind="group", targets=[str(manager.pk), str(representative.pk)]))
    lead = new_lead(seller)
    with tenant_scope(acme):
        return [lead, *copies(lead, MANY - 1, number=lambda number: 100 + number)]


def held(acme: Tenant) -> dict[Any, int]:
    """How many leads each has; makes sure that each was given and told of once."""
    with tenant_scope(acme):
        told = Counter(Event.objects.filter(kind__in=KINDS).values_list("kind", flat=True))
        assert told == dict.fromkeys(KINDS, MANY)
        assert LeadRouting.objects.filter(outcome="rule").count() == MANY
        return Counter(Lead.objects.values_list("representative", flat=True))


def test_of_two_workers_at_once_each_lead_is_routed_by_one(
    leads: list[Lead], acme: Tenant, manager: Membership, representative: Membership
) -> None:
    assert sum(at_once([lambda: route_waiting(acme)] * 3)) == MANY
    assert held(acme) == {manager.pk: MANY // 2, representative.pk: MANY // 2}


def test_a_worker_that_dies_between_choosing_and_writing_leaves_all_to_the_next(
    leads: list[Lead], acme: Tenant, manager: Membership, representative: Membership, acting: Any
) -> None:
    def dies() -> None:
        with pytest.raises(OperationalError):
            route_waiting(acme)
        connection.close()

    def is_blocked() -> bool:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(BLOCKED)
        return bool(cursor.rowcount)

    with ThreadPoolExecutor(1) as worker:
        with tenant_scope(acme), connection.cursor() as cursor:
            Lead.objects.select_for_update().get(pk=leads[-1].pk)
            died = worker.submit(dies)
            until(is_blocked, seconds=60)
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM ({BLOCKED}) blocked")
        died.result()
    with tenant_scope(acme):
        assert not LeadRouting.objects.exists()
        assert not Lead.objects.filter(representative__isnull=False).exists()
    assert route_waiting(acme) == MANY
    assert held(acme) == {manager.pk: MANY // 2, representative.pk: MANY // 2}


def test_who_assigns_a_lead_that_is_being_routed_was_right(
    leads: list[Lead], acme: Tenant, second_manager: Membership, acting: Any
) -> None:
    def assigns() -> None:
        with acting(second_manager), transaction.atomic():
            assign_lead(leads[0].pk, to=second_manager.pk, by=second_manager)

    at_once([assigns, lambda: route_waiting(acme)])
    with tenant_scope(acme):
        assert Lead.objects.get(pk=leads[0].pk).representative_id == second_manager.pk
        assert Lead.objects.filter(representative__isnull=True).count() == 0
        assert LeadRouting.objects.filter(outcome="rule").count() >= MANY - 1
