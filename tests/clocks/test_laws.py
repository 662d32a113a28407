"""Clocks over any calendar: what has run and what is left are the whole, whatever pauses, changes or does not look."""

from datetime import datetime, timedelta
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from partnerhub.calendars.hours import Hours, add_business, business_between
from partnerhub.clocks.models import Clock
from partnerhub.clocks.states import Clocked
from partnerhub.tenancy.models import Tenant
from tests.calendars.test_hours import calendars, moments

SECOND = timedelta(seconds=1)
hours_allowed = st.integers(1, 100)
gaps = st.timedeltas(timedelta(0), timedelta(days=9))


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
