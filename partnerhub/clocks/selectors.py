"""Reads of clocks and due times."""

from datetime import timedelta

from leads.models import Lead, Program
from partnerhub.calendars.hours import Hours, business_day
from partnerhub.calendars.selectors import current_calendar
from partnerhub.clocks.models import Clock, DueTimes
from partnerhub.clocks.states import BUSINESS_DAYS
from partnerhub.web.rows import columns, read

GOING_READ = f"""
    SELECT {columns(Clock, "clock")} FROM clocks_clock clock
    WHERE tenant_id = %s AND lead_id = %s AND stopped_at IS NULL ORDER BY due_at
"""  # noqa: S608 - names of columns, written by the model


def due_times_of(program: Program, hours: Hours | None = None) -> DueTimes:
    """What is due when in a program: as it was set, else so many business days of the calendar. One statement."""
    found = DueTimes.objects.filter(program=program.pk).first()
    return found or default_times(program, hours or current_calendar().hours)


def default_times(program: Program, hours: Hours) -> DueTimes:
    """The due times of a program of which nobody has set any; not saved."""
    day = business_day(hours) / timedelta(hours=1)
    told = {f"{step.value}_hours": max(1, round(days * day)) for step, days in BUSINESS_DAYS.items()}
    return DueTimes(program=program, **told)


def all_due_times() -> list[DueTimes]:
    """Those of each program, in the order of the programs. Three statements."""
    rows, hours = {row.program_id: row for row in DueTimes.objects.all()}, current_calendar().hours
    found = []
    for program in Program.objects.order_by("position"):
        row = rows.get(program.pk) or default_times(program, hours)
        row.program = program
        found.append(row)
    return found


def going_clocks(lead: Lead) -> list[Clock]:
    """The clocks of a lead that run or are paused, whose turn it is first."""
    return [clock for (clock,) in read(GOING_READ, [lead.tenant_id, lead.pk], Clock)]
