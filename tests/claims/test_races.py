"""Many partners want the same lead, and one partner more leads than it may hold: each in a transaction of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils.timezone import now as moment

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.claims.models import Claim, ClaimCounter, Queue, QueuedLead
from partnerhub.claims.services import WhereTo, claim_lead, return_lead, take_back
from partnerhub.claims.services.giving_back import acted
from partnerhub.claims.states import Status, Whereabouts
from partnerhub.claims.tasks import sweep
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_member, make_partner

pytestmark = pytest.mark.django_db(transaction=True)

FEW, MANY = 12, pytest.param(64, marks=pytest.mark.slow)
Act = Callable[[], Any]


def at_once(acts: list[Act]) -> list[Any]:
    """Do these acts at the same moment, each in a thread with its own connection."""
    start = Barrier(len(acts))

    def run(act: Act) -> Any:
        start.wait(60)
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.fixture
def act(acting: Any) -> Callable[..., Act]:
    """A verb as an act of one person, in a transaction of its own: what it returned, or why it was refused."""

    def make(by: Membership, verb: Callable[..., Any], lead_id: Any, **more: Any) -> Act:
        def run() -> Any:
            try:
                with acting(by):
                    return verb(lead_id, by=by, **more)
            except (Refused, Claim.DoesNotExist) as refused:
                return refused

        return run

    return make


def sellers(tenant: Tenant, count: int) -> list[Membership]:
    """One of each of so many partners."""
    found = []
    for number in range(count):
        partner: Partner = make_partner(tenant, f"Partner {number}")
        found.append(make_member(tenant, f"Seller {number}", Role.REFERRALS_ADMIN, partner=partner))
    return found


@pytest.mark.parametrize("many", [FEW, MANY])
def test_of_many_partners_one_gets_the_lead(
    many: int, acme: Tenant, bring: Callable[..., Lead], act: Callable[..., Act]
) -> None:
    lead, people = bring(), sellers(acme, many)
    results = at_once([act(one, claim_lead, lead.pk) for one in people])
    winners = [one for one in results if isinstance(one, Claim)]
    losers = [one for one in results if isinstance(one, Refused)]
    assert (len(winners), len(losers)) == (1, many - 1)
    assert {reason.code for one in losers for reason in one.reasons} == {"taken"}
    with tenant_scope(acme):
        claim, now = Claim.objects.get(), Lead.objects.get()
        assert (now.partner_id, now.owner_id) == (claim.partner_id, claim.holder_id)
        assert (QueuedLead.objects.get().place, QueuedLead.objects.get().partner_id) == (Whereabouts.CLAIMED, None)
        assert [(one.partner_id, one.held) for one in ClaimCounter.objects.all()] == [(claim.partner_id, 1)]
        assert Event.objects.filter(kind="lead.claimed").count() == 1


@pytest.mark.parametrize("many", [FEW, MANY])
def test_with_four_of_five_held_one_more_is_won(
    many: int,
    acme: Tenant,
    seller: Membership,
    bring: Callable[..., Lead],
    acting: Any,
    act: Callable[..., Act],
) -> None:
    leads = [bring(number=number) for number in range(1, many + 5)]
    with tenant_scope(acme):
        Queue.objects.update(per_day=1000, per_week=1000)
    with acting(seller):
        for lead in leads[:4]:
            claim_lead(lead.pk, by=seller)
    results = at_once([act(seller, claim_lead, lead.pk) for lead in leads[4:]])
    refused = [one for one in results if isinstance(one, Refused)]
    assert (len(results) - len(refused), len(refused)) == (1, many - 1)
    assert {reason.code for one in refused for reason in one.reasons} == {"held"}
    with tenant_scope(acme):
        assert (
            ClaimCounter.objects.get().held == Claim.objects.count() == Lead.objects.exclude(partner=None).count() == 5
        )
        assert QueuedLead.objects.filter(place=Whereabouts.QUEUE).count() == many - 1


@pytest.mark.parametrize("leads", [20, pytest.param(1000, marks=[pytest.mark.slow, pytest.mark.timeout(400)])])
def test_each_of_many_leads_is_taken_exactly_once(
    leads: int, acme: Tenant, bring: Callable[..., Lead], act: Callable[..., Act]
) -> None:
    keys = [bring(number=number).pk for number in range(1, leads + 1)]
    with tenant_scope(acme):
        Queue.objects.update(per_day=5000, per_week=5000, held_at_most=5000)

    def take_all(by: Membership, order: list[Any]) -> Act:
        return lambda: [act(by, claim_lead, key)() for key in order]

    people = sellers(acme, 4)
    results = at_once([take_all(one, keys if number % 2 else keys[::-1]) for number, one in enumerate(people)])
    assert sum(isinstance(one, Claim) for found in results for one in found) == leads
    with tenant_scope(acme):
        assert Lead.objects.exclude(partner=None).count() == Claim.objects.count() == leads
        assert sum(ClaimCounter.objects.values_list("held", flat=True)) == leads


def test_returned_and_taken_back_at_once_it_goes_back_once(
    acme: Tenant, seller: Membership, manager: Membership, bring: Callable[..., Lead], act: Callable[..., Act]
) -> None:
    lead = bring(WhereTo.GIVE, partner=seller.partner)
    text = "Too far away."
    results = at_once([act(seller, return_lead, lead.pk, text=text), act(manager, take_back, lead.pk, text=text)])
    assert len([one for one in results if isinstance(one, Claim)]) == 1
    with tenant_scope(acme):
        assert ClaimCounter.objects.get().held == 0
        assert Event.objects.filter(kind="lead.taken_in").count() == 1


def test_an_act_that_comes_in_before_the_clock_has_the_lead_keeps_it(
    acme: Tenant, seller: Membership, bring: Callable[..., Lead], acting: Any, admin_cursor: Any
) -> None:
    """The clock has found the claim due, and waits for the lead on which the holder is just acting."""
    lead = bring()
    with acting(seller):
        claim_lead(lead.pk, by=seller)
    with tenant_scope(acme):
        Claim.objects.update(lease_until=moment() - timedelta(minutes=1))

    def clock() -> None:
        try:
            sweep()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        with tenant_scope(acme), transaction.atomic():
            Lead.objects.select_for_update().get(pk=lead.pk)
            swept = threads.submit(clock)
            while not swept.done() and not blocked(admin_cursor):
                pass
            acted(lead.pk)
        swept.result(60)
    with tenant_scope(acme):
        assert Claim.objects.get().status == Status.KEPT


def blocked(admin_cursor: Any) -> int:
    admin_cursor.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0 AND datname = %s",
        [connection.settings_dict["NAME"]],
    )
    return int(admin_cursor.fetchone()[0])
