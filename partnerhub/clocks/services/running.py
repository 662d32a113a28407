"""Clocks of which a room above has to know more: that they are due at another moment, and that it is time to remind;
and those that it begins and stops itself.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from leads.models import Lead
from leads.services import note_due
from partnerhub.calendars.hours import business_between
from partnerhub.calendars.selectors import current_calendar
from partnerhub.clocks.models import GOING, Clock, DueTimes
from partnerhub.clocks.selectors import due_times_of
from partnerhub.clocks.states import Clocked

Move = Callable[[Mapping[UUID, datetime | None]], None]
Remind = Callable[[Clock], None]
_moves: dict[str, Move] = {}
_reminders: dict[str, Remind] = {}


def register_step(step: Clocked, *, moved: Move, remind: Remind | None = None) -> None:
    """`moved` is called with the leads whose clock of this step is due at another moment; None: it is paused.

    `remind` tells in the place of the clock that the end is near; that it is over, the room tells by its own sweep.
    """
    _moves[step.value] = moved
    if remind is not None:
        _reminders[step.value] = remind


def tell_moves(step: str, moved: Mapping[UUID, datetime | None]) -> None:
    """Let the room of the step know."""
    if moved and step in _moves:
        _moves[step](moved)


def reminder_of(step: str) -> Remind | None:
    """Who reminds of this step in the place of the clock; None: the clock itself."""
    return _reminders.get(step)


def run_clock(lead: Lead, step: Clocked, at: datetime, allowed: timedelta) -> datetime:
    """Give so much working time from this moment on; when it is due. Inside the transaction that began the step.

    How long before it is due somebody is reminded is the program's.
    """
    calendar = current_calendar()
    clock = new_clock(lead, step, at, due_times_of(lead.program, calendar.hours), allowed)
    clock.run_from(at, calendar.hours, calendar.version)
    clock.save(force_insert=True)
    due_at: datetime = clock.due_at or at
    note_due({lead.pk: due_at})
    return due_at


def run_until(lead: Lead, step: Clocked, at: datetime, due_at: datetime) -> datetime:
    """Give the working time that lies between: what was promised before there was a clock is kept. When it is due."""
    return run_clock(lead, step, at, business_between(current_calendar().hours, at, due_at))


def stop_clock(lead_id: UUID, step: Clocked, at: datetime, *, is_answered: bool) -> None:
    """The step is taken, or comes to nothing; nothing else of this lead is due. Without such a clock: nothing."""
    clock = Clock.objects.filter(GOING, lead=lead_id, step=step).select_for_update().first()
    if clock is None:
        return
    clock.rest(at, current_calendar().hours)
    clock.stopped_at, clock.is_answered = at, is_answered
    clock.save()
    note_due({lead_id: None})


def new_clock(lead: Lead, step: Clocked, at: datetime, times: DueTimes, allowed: timedelta) -> Clock:
    """One that does not run yet; not saved."""
    return Clock(
        lead=lead,
        partner_id=lead.partner_id,
        program_id=lead.program_id,
        step=step,
        allowed=max(1, allowed // timedelta(seconds=1)),
        started_at=at,
        reminder_hours=times.reminder_hours,
        escalates_to=times.escalates_to,
    )
