"""What clocks put on a lead's page, for both sides: what is due when, how much is left, what is paused."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from leads.beside import Beside
from leads.models import Lead
from leads.states import OPEN
from partnerhub.accounts.models import Membership
from partnerhub.calendars.hours import Hours
from partnerhub.calendars.panels import time_left, working_text
from partnerhub.calendars.selectors import current_calendar, hours_in
from partnerhub.clocks.selectors import going_clocks
from partnerhub.clocks.states import Clocked

READ_AS = "clocks"
Going = tuple[UUID, str, datetime | None, timedelta]
"""Of a clock: its id, the step, when it is due (None: it is paused), and what was left when it last was resumed."""


def clocks_beside_lead(lead: Lead, membership: Membership) -> Beside | None:
    """The card of an open lead; no statement, where clocks and calendar were read with the lead."""
    if lead.status not in OPEN or not lead.submitted_at:
        return None
    clocks, hours = _read_with(lead) or _read_for(lead)
    if not clocks or hours is None:
        return None
    rows = [_row(clock, hours) for clock in clocks]
    return Beside((), [key for key, *_rest in clocks], "clocks/beside.html", context={"rows": rows})


def clocks_sql(lead: str) -> str:
    """The going clocks of the lead of this alias, whose turn it is first, with the tenant's calendar."""
    return f"""
    (SELECT json_build_array(
        json_agg(json_build_array(one.id, one.step, one.due_at, one.allowed - one.used) ORDER BY one.due_at),
        (SELECT to_json(calendar) FROM calendars_calendar calendar WHERE calendar.tenant_id = {lead}.tenant_id))
    FROM clocks_clock one
    WHERE one.tenant_id = {lead}.tenant_id AND one.lead_id = {lead}.id AND one.stopped_at IS NULL)
    """  # noqa: S608 - an alias of ours


def _read_with(lead: Lead) -> tuple[list[Going], Hours | None] | None:
    if lead.read_with is None:
        return None
    clocks, calendar = lead.read_with[READ_AS]
    going = [
        (UUID(key), step, due and datetime.fromisoformat(due), max(timedelta(0), timedelta(seconds=left)))
        for key, step, due, left in clocks or ()
    ]
    return going, hours_in(calendar)


def _read_for(lead: Lead) -> tuple[list[Going], Hours | None]:
    """For a lead that was read with others: two statements."""
    going = [(clock.pk, clock.step, clock.due_at, clock.left) for clock in going_clocks(lead)]
    return going, current_calendar().hours if going else None


def _row(clock: Going, hours: Hours) -> dict[str, Any]:
    _key, step, due_at, left = clock
    shown: dict[str, Any] = {"label": Clocked(step).label, "due_at": due_at}
    if due_at is None:
        return shown | {"left": working_text(left)}
    words, tone = time_left(hours, due_at, now())
    return shown | {"words": words, "tone": tone}
