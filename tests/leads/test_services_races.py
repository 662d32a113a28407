"""Several people decide on the same lead at once, each in a transaction of their own: exactly one wins."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from psycopg2.extensions import cursor

from leads import services
from leads.models import Lead, Program
from leads.states import Status
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused, Stale
from partnerhub.events import services as telling
from partnerhub.events.models import Event
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import answers, make_member

pytestmark = pytest.mark.django_db(transaction=True)

Act = Callable[[], Any]
MOST_TRIES = 60
BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0 AND datname = %s"


@pytest.fixture
def lead(new_lead: Callable[..., Lead], seller: Membership) -> Lead:
    return new_lead(seller)


def outcome_of(act: Act) -> Any:
    """What the act returned, or why it was refused."""
    try:
        return act()
    except (Refused, Stale) as refusal:
        return refusal
    finally:
        connections.close_all()


def at_once(acts: Iterable[Act]) -> list[Any]:
    """Start all acts at the same moment, each in a thread with its own connection."""
    acts = list(acts)
    start = Barrier(len(acts))

    def run(act: Act) -> Any:
        start.wait(60)
        return outcome_of(act)

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.fixture
def as_person(acting: Callable[..., Any]) -> Callable[..., Act]:
    """The verb as an act of one person, in their own scope and transaction."""

    def act(by: Membership, verb: Callable[..., Any], *arguments: Any, **more: Any) -> Act:
        def run() -> Any:
            with acting(by):
                return verb(*arguments, by=by, **more)

        return run

    return act


def test_two_managers_decide_and_one_wins(
    lead: Lead,
    manager: Membership,
    second_manager: Membership,
    as_person: Callable[..., Act],
    events_of: Callable[[Lead], list[Event]],
    put: Callable[..., Lead],
) -> None:
    award = as_person(manager, services.award_lead, lead.pk, seen=lead.version)
    refusal = {"code": "other", "text": "No.", "seen": lead.version}
    refuse = as_person(second_manager, services.refuse_lead, lead.pk, **refusal)
    awarded, refused = at_once([award, refuse])
    winner, loser = (awarded, refused) if isinstance(awarded, Lead) else (refused, awarded)
    assert isinstance(loser, Stale)
    assert loser.current.status == winner.status == put(lead).status
    assert loser.difference["status"] == ("submitted", winner.status)
    assert [event.after["status"] for event in events_of(lead)[1:]] == [winner.status]


def test_of_many_who_assign_one_wins_and_the_others_see_whom_they_lost_to(
    lead: Lead,
    acme: Tenant,
    manager: Membership,
    as_person: Callable[..., Act],
    events_of: Callable[[Lead], list[Event]],
) -> None:
    people = [make_member(acme, f"Representative {number}", Role.SALES_REPRESENTATIVE) for number in range(6)]
    acts = [as_person(manager, services.assign_lead, lead.pk, to=one.pk, seen=lead.version) for one in people]
    results = at_once(acts)
    winners = [result for result in results if isinstance(result, Lead)]
    losers = [result for result in results if isinstance(result, Stale)]
    assert (len(winners), len(losers)) == (1, 5)
    name = winners[0].representative.name
    assert {stale.current.representative.name for stale in losers} == {name}
    assert {stale.difference["representative"] for stale in losers} == {(None, str(winners[0].representative_id))}
    assert [event.kind for event in events_of(lead)] == ["lead.submitted", "lead.assigned"]


def test_without_a_version_the_second_is_refused_by_the_machine(
    lead: Lead,
    manager: Membership,
    second_manager: Membership,
    as_person: Callable[..., Act],
    events_of: Callable[[Lead], list[Event]],
) -> None:
    results = at_once(as_person(by, services.award_lead, lead.pk) for by in (manager, second_manager))
    refusals = [result for result in results if isinstance(result, Refused)]
    assert [[reason.code for reason in refusal.reasons] for refusal in refusals] == [["status"]]
    assert [event.kind for event in events_of(lead)].count("lead.awarded") == 1


def test_bulk_acts_over_the_same_leads_never_wait_for_each_other_in_a_ring(
    new_lead: Callable[..., Lead],
    seller: Membership,
    manager: Membership,
    second_manager: Membership,
    representative: Membership,
    as_person: Callable[..., Act],
    put: Callable[..., Lead],
) -> None:
    leads = [new_lead(seller, company=f"Company {number}") for number in range(8)]
    forwards = {lead.pk: lead.version for lead in leads}
    backwards = dict(reversed(forwards.items()))
    one, other = at_once(
        [
            as_person(manager, services.assign_leads, forwards, to=representative.pk),
            as_person(second_manager, services.assign_leads, backwards, to=manager.pk),
        ]
    )
    for lead in leads:
        assert {type(one[lead.pk]), type(other[lead.pk])} == {Lead, Stale}
        winner = representative if isinstance(one[lead.pk], Lead) else manager
        assert put(lead).representative_id == winner.pk


def test_partner_withdraws_while_the_vendor_starts(
    lead: Lead,
    seller: Membership,
    manager: Membership,
    representative: Membership,
    as_person: Callable[..., Act],
    put: Callable[..., Lead],
) -> None:
    version = put(lead, representative_id=representative.pk).version
    started, withdrawn = at_once(
        [
            as_person(manager, services.start_lead, lead.pk, seen=version),
            as_person(seller, services.withdraw_lead, lead.pk, seen=version),
        ]
    )
    assert {type(started), type(withdrawn)} == {Lead, Stale}
    assert put(lead).status == (Status.IN_PROGRESS if isinstance(started, Lead) else Status.WITHDRAWN)


def test_second_persons_decide_on_an_award_once(
    lead: Lead,
    acme: Tenant,
    manager: Membership,
    second_manager: Membership,
    programme_admin: Membership,
    as_person: Callable[..., Act],
    put: Callable[..., Lead],
    events_of: Callable[[Lead], list[Event]],
) -> None:
    version = put(lead, status=Status.AWARDED, award_questioned_by_id=manager.pk).version
    results = at_once(
        [
            as_person(second_manager, services.take_back_award, lead.pk, seen=version),
            as_person(programme_admin, services.keep_award, lead.pk, seen=version),
        ]
    )
    assert {type(result) for result in results} == {Lead, Stale}
    assert len(events_of(lead)) == 2


def test_whoever_waited_for_the_lock_gets_the_record_as_it_is_now(
    lead: Lead,
    manager: Membership,
    second_manager: Membership,
    representative: Membership,
    acting: Callable[..., Any],
    as_person: Callable[..., Act],
    admin_cursor: cursor,
) -> None:
    late = as_person(second_manager, services.assign_lead, lead.pk, to=manager.pk, seen=lead.version)
    with ThreadPoolExecutor(1) as threads:
        with acting(manager):
            services.assign_lead(lead.pk, to=representative.pk, by=manager, seen=lead.version)
            waiting = threads.submit(outcome_of, late)
            while not waiting.done() and not is_blocked(admin_cursor):
                pass  # until it stands in the row's queue
        stale = waiting.result(60)
    assert isinstance(stale, Stale)
    assert stale.current.representative.name == "Solveig Aastad"


@pytest.fixture
def submits(
    acme: Tenant, seller: Membership, acting: Callable[..., Any], as_person: Callable[..., Act]
) -> Callable[..., Act]:
    """A member, the seller unless said, submits a lead of their own; its answers are the cast's but for what is said.

    The conflict check tells.
    """
    acme.conflict_check = "tell"
    acme.save(update_fields=["conflict_check"])
    with acting(seller):
        program = Program.objects.get(slug="pos")

    def make(by: Membership = seller, **changes: Any) -> Act:
        values = answers(consent=True, terms=True, consent_date=None, sales_support=True) | changes
        return as_person(by, services.submit_lead, services.new_lead_id(), program=program, answers=values)

    return make


def test_whoever_submits_a_business_that_is_being_submitted_waits_and_is_told(
    seller: Membership, rival: Membership, acting: Callable[..., Any], submits: Callable[..., Act], admin_cursor: cursor
) -> None:
    first = submits()
    late, elsewhere = submits(company="Another name", phone="+49 40 1"), submits(rival, website="https://other.example")
    with ThreadPoolExecutor(1) as threads:
        with acting(seller):
            lead = first()
            waiting = threads.submit(outcome_of, late)
            while not waiting.done() and not is_blocked(admin_cursor):
                pass  # until it stands behind the first
        found = waiting.result(60)
    assert isinstance(found, services.Conflicting)
    assert found.verdict.lead_id == lead.pk
    assert isinstance(outcome_of(elsewhere), Lead)


def test_of_many_with_keys_in_common_one_is_in_and_none_wait_in_a_ring(submits: Callable[..., Act]) -> None:
    hosts = [f"https://{name}.example.org" for name in "abc"]
    mails = [f"x@{name}.example.org" for name in "abc"]
    acts = [
        submits(company=f"Name {number}", website=hosts[number % 3], email=mails[(number + number // 3) % 3])
        for number in range(9)
    ]
    results = at_once(acts)
    leads = [one for one in results if isinstance(one, Lead)]
    assert {type(one) for one in results} <= {Lead, services.Conflicting}
    keys = [set(lead.identity_keys) for lead in leads]
    assert leads
    assert all(not one & other for at, one in enumerate(keys) for other in keys[:at])


def is_blocked(admin_cursor: cursor) -> bool:
    admin_cursor.execute(BLOCKED, [connection.settings_dict["NAME"]])
    return bool(admin_cursor.fetchone()[0])


def test_what_fails_in_the_middle_leaves_nothing_behind(
    lead: Lead,
    manager: Membership,
    acting: Callable[..., Any],
    put: Callable[..., Lead],
    events_of: Callable[[Lead], list[Event]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def breaks(event: Event) -> None:
        raise RuntimeError("a listener broke")

    monkeypatch.setitem(telling._listeners, "lead.awarded", [breaks])
    with pytest.raises(RuntimeError), acting(manager):
        services.award_lead(lead.pk, by=manager)
    assert (put(lead).status, put(lead).version) == (Status.SUBMITTED, lead.version)
    assert [event.kind for event in events_of(lead)] == ["lead.submitted"]


def test_a_draft_saved_while_it_is_submitted_never_makes_it_a_draft_again(
    seller: Membership, acting: Callable[..., Any], acme: Tenant, as_person: Callable[..., Act]
) -> None:
    """`find_locked` locks: repeated until each of the two was first once."""
    values = answers(consent=True, terms=True, consent_date=None, sales_support=True)
    with acting(seller):
        program = Program.objects.get(slug="pos")
    orders: set[str] = set()
    for _try in range(MOST_TRIES):
        key = services.new_lead_id()
        with acting(seller):
            services.save_draft(key, program=program, typed={"company": "Typed first"}, by=seller)
        save = as_person(seller, services.save_draft, key, program=program, typed={"company": "Typed last"})
        submit = as_person(seller, services.submit_lead, key, program=program, answers=values)
        saved, sent = at_once([save, submit])
        with tenant_scope(acme):
            lead = Lead.objects.get(pk=key)
        assert isinstance(sent, Lead)
        assert (lead.status, lead.company, lead.draft) == (Status.SUBMITTED, "Hafenkontor Feinkost GmbH", {})
        orders.add("submitted first" if isinstance(saved, Refused) else "saved first")
        if len(orders) == 2:
            return
    pytest.fail(f"Only this was seen: {orders}")
