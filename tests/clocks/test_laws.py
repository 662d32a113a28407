"""Clocks over any calendar: what has run and what is left are the whole, whatever pauses, changes or does not look."""

from datetime import UTC, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from partnerhub.calendars.hours import Hours, add_business, business_between
from partnerhub.clocks.models import Clock
from partnerhub.clocks.states import Clocked
from partnerhub.tenancy.models import Tenant
from tests.calendars.test_hours import OFFICE, calendars, moments

SECOND = timedelta(seconds=1)
hours_allowed = st.integers(1, 100)
gaps = st.timedeltas(timedelta(0), timedelta(days=9))
# An hour or half of one, there and back; at midnight; and a day that is left out.
TURNS = (
    ("Europe/Berlin", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ("Africa/Cairo", datetime(2026, 4, 23, 22, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),
)


def clock_of(allowed: int, reminded: int = 2) -> Clock:
    return Clock(tenant=Tenant(), step=Clocked.DECISION, allowed=allowed * 3600, reminder_hours=reminded)


@given(calendars, moments, hours_allowed, st.lists(st.tuples(gaps, gaps), max_size=4))
@settings(max_examples=60, deadline=None)
def test_what_ran_between_pauses_and_what_is_left_are_the_whole(
    hours: Hours, at: datetime, allowed: int, pauses: list[tuple[timedelta, timedelta]]
) -> None:
    clock, used = clock_of(allowed), 0
    clock.run_from(at, hours, 1)
    for ran, paused in pauses:
        used += business_between(hours, at, at + ran) // SECOND
        clock.rest(at + ran, hours)
        assert (clock.due_at, clock.next_at, clock.used) == (None, None, used)
        at += ran + paused
        clock.run_from(at, hours, 1)
    assert clock.due_at is not None
    assert business_between(hours, at, clock.due_at) == timedelta(seconds=max(0, allowed * 3600 - used))


@given(calendars, calendars, moments, hours_allowed, st.integers(0, 12), st.lists(gaps, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_each_is_told_once_whenever_the_worker_looks_and_however_the_calendar_changes(
    first: Hours, then: Hours, at: datetime, allowed: int, reminded: int, looks: list[timedelta]
) -> None:
    """The calendar changes after the first look. A worker that was away for days tells the escalation alone."""
    clock, told, hours = clock_of(allowed, reminded), list[str](), first
    clock.run_from(at, hours, 1)
    for number, look in enumerate(accumulate(looks, initial=timedelta(0))):
        moment = at + look
        if number == 1:
            hours = then
            clock.run_from(at, hours, 2)
        while clock.next_at is not None and clock.next_at <= moment:
            is_over = clock.due_at is not None and clock.due_at <= moment
            told.append("over" if is_over else "soon")
            clock.told(hours, escalated=is_over)
    last = at + sum(looks, timedelta(0))
    assert told in ([], ["soon"], ["over"], ["soon", "over"])
    due = add_business(hours, at, timedelta(hours=allowed))
    assert clock.due_at == due
    if last >= due:
        assert told[-1:] == ["over"]


@given(st.sampled_from(TURNS), calendars, hours_allowed, gaps, gaps)
@settings(max_examples=60, deadline=None)
def test_a_calendar_that_changes_while_the_clocks_of_its_zone_are_set_takes_and_gives_no_time(
    turn: tuple[str, datetime], then: Hours, allowed: int, before: timedelta, after: timedelta
) -> None:
    """Reckoned anew across the turn; changed back it is due as before; and what has run is what the calendar says."""
    (zone, turned), whole = turn, timedelta(hours=allowed)
    office, at, later = Hours(zone, OFFICE), turned - before, turned + after
    clock = clock_of(allowed)
    clock.run_from(at, office, 1)
    first = clock.due_at
    assert first is not None
    assert 9 <= first.astimezone(ZoneInfo(zone)).hour <= 17
    clock.run_from(at, then, 2)
    assert clock.due_at is not None
    assert business_between(then, at, clock.due_at) == whole
    clock.run_from(at, office, 3)
    assert clock.due_at == first
    clock.run_from(at, then, 4)
    clock.rest(later, then)
    assert clock.used == business_between(then, at, later) // SECOND
    clock.run_from(later, office, 5)
    assert clock.due_at == add_business(office, later, max(timedelta(0), whole - timedelta(seconds=clock.used)))
