"""What clocks put on a lead's page, for both sides: what is due when, how much is left, what is paused."""

from typing import Any

from django.utils.timezone import now

from leads.beside import Beside
from leads.models import Lead
from leads.states import OPEN
from partnerhub.accounts.models import Membership
from partnerhub.calendars.hours import Hours
from partnerhub.calendars.panels import time_left, working_text
from partnerhub.calendars.selectors import current_calendar
from partnerhub.clocks.models import Clock
from partnerhub.clocks.selectors import going_clocks
from partnerhub.clocks.states import Clocked


def clocks_beside_lead(lead: Lead, membership: Membership) -> Beside | None:
    """The card of an open lead; two statements, none for one that is decided."""
    clocks = going_clocks(lead) if lead.status in OPEN and lead.submitted_at else []
    if not clocks:
        return None
    hours = current_calendar().hours
    rows = [_row(clock, hours) for clock in clocks]
    return Beside((), [clock.pk for clock in clocks], "clocks/beside.html", context={"rows": rows})


def _row(clock: Clock, hours: Hours) -> dict[str, Any]:
    shown: dict[str, Any] = {"label": Clocked(clock.step).label, "due_at": clock.due_at}
    if clock.due_at is None:
        return shown | {"left": working_text(clock.left)}
    words, tone = time_left(hours, clock.due_at, now())
    return shown | {"words": words, "tone": tone}
