"""Clocks follow their lead, in working time: they start, pause, go on, stop, remind once and escalate once (E2)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from time_machine import travel

from leads.models import NEVER, Lead
from leads.services import (
    answer_question,
    ask_for_information,
    ask_for_support,
    assign_lead,
    mark_seen,
    set_aside,
    start_lead,
    take_up_again,
    unmark_seen,
    withdraw_lead,
)
from leads.states import ReasonCode
from partnerhub.accounts.models import Membership
from partnerhub.calendars.services import change_calendar
from partnerhub.clocks.models import Clock
from partnerhub.clocks.services import begin_clocks, change_due_times
from partnerhub.clocks.tasks import begin_missing, sweep
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db
NewLead = Callable[..., Lead]

FRIDAY = datetime(2026, 11, 27, 15, tzinfo=UTC)  # two hours before the week ends
DUE = datetime(2026, 12, 1, 15, tzinfo=UTC)  # 16 working hours later


@pytest.fixture
def new_lead(new_lead: NewLead, acme: Tenant) -> NewLead:
    """Submitted, and heard of by the worker."""

    def make(by: Membership, **changes: Any) -> Lead:
        lead = new_lead(by, **changes)
        begin_clocks(acme)
        return lead

    return make


@pytest.fixture
def time() -> Iterator[Any]:
    with travel(FRIDAY, tick=False) as moved:
        yield moved


def clock(acme: Tenant, lead: Lead, step: str = "decision") -> Clock:
    with tenant_scope(acme):
        return Clock.objects.filter(lead=lead.pk, step=step).order_by("-id")[0]


def due(acme: Tenant, lead: Lead) -> datetime:
    with tenant_scope(acme):
        return Lead.objects.get(pk=lead.pk).due_at


def told(acme: Tenant) -> list[str]:
    sweep()
    sweep()
    with tenant_scope(acme):
        return list(Event.objects.filter(kind__startswith="clock.").order_by("id").values_list("kind", flat=True))


def test_the_decision_is_due_in_working_time_and_pauses_while_an_answer_is_awaited(
    time: Any, acme: Tenant, new_lead: NewLead, acting: Any, seller: Membership, manager: Membership
) -> None:
    lead = new_lead(seller)
    assert due(acme, lead) == DUE
    time.move_to(datetime(2026, 11, 30, 10, tzinfo=UTC))  # three hours are used
    with acting(manager):
        ask_for_information(lead.pk, question="How many tills?", by=manager)
    assert (clock(acme, lead).due_at, clock(acme, lead).left) == (None, timedelta(hours=13))
    assert due(acme, lead) == datetime(2026, 12, 7, 10, tzinfo=UTC)  # the partner's five days
    time.move_to(datetime(2026, 12, 3, 9, tzinfo=UTC))
    with acting(seller):
        answer_question(lead.pk, answer="Four.", by=seller)
    assert due(acme, lead) == datetime(2026, 12, 4, 14, tzinfo=UTC)
    assert clock(acme, lead, "answer").is_answered
    with acting(manager):
        Lead.objects.filter(pk=lead.pk).update(representative=manager)
        start_lead(lead.pk, by=manager)
    assert due(acme, lead) == NEVER
    stopped = clock(acme, lead)
    assert (stopped.is_answered, stopped.used) == (True, 3 * 3600)


def test_an_invitation_stops_the_clock_and_a_new_one_runs_after_it(
    time: Any, acme: Tenant, new_lead: NewLead, acting: Any, seller: Membership
) -> None:
    lead = new_lead(seller, kind="plus", sales_support=False)
    assert clock(acme, lead, "contact").due_at == DUE
    with tenant_scope(acme):
        set_aside(lead.pk)
    assert due(acme, lead) == NEVER
    time.move_to(FRIDAY + timedelta(days=14))
    with tenant_scope(acme):
        take_up_again(lead.pk)
    assert due(acme, lead) == DUE + timedelta(days=14)
    assert told(acme) == []
    with acting(seller):
        withdraw_lead(lead.pk, by=seller)
    assert due(acme, lead) == NEVER
    assert not clock(acme, lead, "contact").is_answered


def test_a_pos_lead_without_support_waits_to_be_seen_and_is_not_overdue_for_ever(
    time: Any, acme: Tenant, new_lead: NewLead, acting: Any, seller: Membership, manager: Membership
) -> None:
    lead = new_lead(seller, sales_support=False)
    assert due(acme, lead) == DUE
    with acting(manager):
        mark_seen(lead.pk, by=manager)
    assert (due(acme, lead), clock(acme, lead).is_answered) == (NEVER, True)
    time.move_to(FRIDAY + timedelta(days=30))
    begin_missing()
    assert told(acme) == []
    with acting(manager):
        unmark_seen(lead.pk, by=manager)
    assert due(acme, lead) == datetime(2026, 12, 29, 17, tzinfo=UTC)  # from Sunday on
    with acting(manager):
        mark_seen(lead.pk, by=manager)
    with acting(seller):
        ask_for_support(lead.pk, by=seller)
    assert clock(acme, lead).stopped_at is None


def test_who_has_to_act_is_reminded_once_and_the_named_role_told_once(
    time: Any,
    acme: Tenant,
    new_lead: NewLead,
    acting: Any,
    seller: Membership,
    manager: Membership,
    programme_admin: Membership,
) -> None:
    lead = new_lead(seller)
    with acting(programme_admin):
        change_due_times(lead.program_id, {"decision_hours": 8, "escalates_to": "channel-manager"}, by=programme_admin)
    late = new_lead(seller)
    assert due(acme, late) == datetime(2026, 11, 30, 15, tzinfo=UTC)
    time.move_to(datetime(2026, 11, 30, 12, 59, tzinfo=UTC))
    assert told(acme) == []
    time.move_to(datetime(2026, 11, 30, 13, tzinfo=UTC))
    assert told(acme) == ["clock.reminded"]
    time.move_to(datetime(2026, 11, 30, 15, tzinfo=UTC))
    assert told(acme) == ["clock.reminded", "clock.overdue"]
    time.move_to(DUE + timedelta(days=1))  # the worker was away for a day: of the first lead it tells the end alone
    assert told(acme) == ["clock.reminded", "clock.overdue", "clock.overdue"]
    with tenant_scope(acme):
        events = Event.objects.filter(kind="clock.overdue").order_by("id")
        assert [event.data["role"] for event in events] == ["channel-manager", "programme-admin"]
        assert {event.audience for event in events} == {"vendor"}


def test_the_clock_is_asked_again_and_moves_with_its_calendar(
    time: Any, acme: Tenant, new_lead: NewLead, acting: Any, seller: Membership, programme_admin: Membership
) -> None:
    lead, other = new_lead(seller), new_lead(seller)
    with acting(programme_admin):
        change_calendar({"closing_days": ["2026-11-30 Stocktaking"]}, by=programme_admin)
    with acting(seller):
        withdraw_lead(other.pk, by=seller)
    assert told(acme) == []
    assert due(acme, lead) == DUE + timedelta(days=1)
    assert due(acme, other) == NEVER
    time.move_to(DUE)
    assert told(acme) == []
    time.move_to(DUE + timedelta(hours=22))
    assert told(acme) == ["clock.reminded"]


def test_leads_of_an_older_release_get_their_clocks_from_now_on(
    time: Any, acme: Tenant, new_lead: NewLead, seller: Membership
) -> None:
    lead = new_lead(seller)
    with tenant_scope(acme):
        Clock.objects.all().delete()
        Lead.objects.filter(pk=lead.pk).update(due_at=NEVER)
    time.move_to(FRIDAY + timedelta(days=7))
    begin_missing()
    begin_missing()
    assert due(acme, lead) == DUE + timedelta(days=7)


def test_both_sides_read_what_is_left_and_find_what_is_overdue(
    time: Any,
    new_lead: NewLead,
    client_of: Callable[[Membership], Client],
    seller: Membership,
    manager: Membership,
) -> None:
    lead = new_lead(seller)
    time.move_to(datetime(2026, 12, 1, 13, 30, tzinfo=UTC))
    for member in (seller, manager):
        client = client_of(member)
        with CaptureQueriesContext(connection) as asked:
            assert "1 h 30 min left" in client.get(f"/acme/leads/{lead.pk}/").content.decode()
        reading = [query["sql"] for query in asked if "clocks_clock" in query["sql"] or "calendars_" in query["sql"]]
        assert len(reading) <= 1, "clocks and calendar are read with the lead"  # none where it is prepared already
        listed = client.get("/acme/leads/?columns=company&columns=due&sort=due").content.decode()
        assert "1 h 30 min left" in listed
        assert client.get(f"/acme/api/v1/leads/{lead.pk}/").json()["due_at"] == "2026-12-01T15:00:00Z"
        assert client.get("/acme/api/v1/leads/?overdue=true").json()["results"] == []
    time.move_to(datetime(2026, 12, 1, 15, 1, tzinfo=UTC))
    assert "Overdue" in client.get(f"/acme/leads/{lead.pk}/").content.decode()
    assert "Overdue" in client.get("/acme/triage/").content.decode()
    found = client.get("/acme/api/v1/leads/?overdue=true").json()["results"]
    assert [row["due_at"] for row in found] == ["2026-12-01T15:00:00Z"]


def test_the_form_says_in_what_time_half_of_the_leads_were_answered_lately(
    acme: Tenant, new_lead: NewLead, acting: Any, seller: Membership, manager: Membership, client_of: Any
) -> None:
    client, words = client_of(seller), "Half of the answers of the last 90 days came within"
    too_few = "Too few leads were answered in the last 90 days to say how long it takes."
    leads = [new_lead(seller, company=f"S{one}", website=f"https://s{one}.example.org") for one in range(5)]
    with acting(manager):
        for lead in leads:
            assign_lead(lead.pk, to=manager.pk, by=manager)
        for lead in leads[:4]:
            start_lead(lead.pk, by=manager)
    begin_missing()
    page = client.get("/acme/leads/new/pos/").content.decode()
    assert words not in page
    assert too_few in page
    with acting(manager):
        start_lead(leads[4].pk, by=manager)
    with tenant_scope(acme):
        for hours, row in enumerate(Clock.objects.filter(is_answered=True), 1):
            Clock.objects.filter(pk=row.pk).update(used=hours * 3600)
    begin_missing()
    page = client.get("/acme/leads/new/pos/").content.decode()
    assert f"{words} 3 h of working time." in " ".join(page.split())
    assert too_few not in page
    other = client.get("/acme/leads/new/plus/").content.decode()
    assert words not in other
    assert too_few in other
    told = {one["slug"]: one["answer_seconds"] for one in client.get("/acme/api/v1/programs/").json()["results"]}
    assert told == {"pos": 10800, "plus": None}
    for code, is_told in ((ReasonCode.TEST, False), ("", True)):  # what was a test is in no figure (rulings 13)
        with tenant_scope(acme):
            Lead.objects.filter(pk=leads[0].pk).update(reason_code=code)
        begin_missing()
        assert (words in client.get("/acme/leads/new/pos/").content.decode()) == is_told
    with travel(now() + timedelta(days=91)):
        begin_missing()
    assert words not in client.get("/acme/leads/new/pos/").content.decode()
