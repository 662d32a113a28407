"""Clocks follow their lead: whatever is done with it, they pause, go on and stop in the same transaction. That of a new
lead is begun by the worker, from the moment of the submission on.

| the lead | clock of the vendor | clock of the partner |
|---|---|---|
| submitted, sent to triage again | runs: *decision*, for Plus without sales support *first contact* | |
| more information asked | is paused with what is left | runs: *answer* |
| question answered or taken back | goes on, or a new one where none was paused | stops |
| set aside for an upgrade invitation | stops; a new one runs when it comes back (rulings 3) | stops |
| in progress, converted, awarded, not eligible | stops: answered | stops |
| POS without sales support, marked as seen | stops: answered, until a payout is decided in the portal | |
| appealed | runs: *appeal*, of which `partnerhub.appeals` knows too | |
| withdrawn, discarded | stops: nobody's answer | stops |

A lead that the vendor brought has the clock of its offer instead, and the days of its claim (`partnerhub.claims`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from leads.models import Lead
from leads.services import note_due
from leads.states import Kind, Origin, Status
from partnerhub.calendars.selectors import current_calendar
from partnerhub.clocks.models import GOING, Clock, DueTimes
from partnerhub.clocks.selectors import due_times_of
from partnerhub.clocks.services.running import new_clock, tell_moves
from partnerhub.clocks.states import Clocked

VENDOR_ANSWERED = frozenset({Status.IN_PROGRESS, Status.CONVERTED, Status.AWARDED, Status.NOT_ELIGIBLE})
AGAIN = frozenset({"lead.taken_up", "lead.looked_at_again", "lead.reopened"})


def keep_clocks(lead_id: UUID, kind: str, at: datetime, *, late: bool = False) -> None:
    """Bring the clocks of a lead to where its state wants them, at this moment.

    `kind` is the event that moved it. `late`: it is history, of which nobody is reminded any more.
    """
    lead = Lead.objects.select_related("program").get(pk=lead_id)
    if lead.origin == Origin.VENDOR or lead.submitted_at is None:
        return
    going = _going(lead)
    wanted = _wanted(lead)
    if kind in AGAIN or {step for step, clock in going.items() if clock.is_running} != {wanted} - {None}:
        _follow(lead, going, wanted, kind, at, late=late)


def _going(lead: Lead) -> dict[Clocked, Clock]:
    """The clocks that run or are paused, locked: a lead that has just come in has none."""
    return {Clocked(clock.step): clock for clock in Clock.objects.filter(GOING, lead=lead.pk).select_for_update()}


def is_appealed(lead: Lead) -> bool:
    """Whether an appeal waits for its decision, which is one on the lead too."""
    return bool(lead.appeal_text and lead.refused_person)


def _is_answered(lead: Lead, step: Clocked, kind: str) -> bool:
    """Whether who had to act has: by an answer, a decision, a beginning, or a look where nothing else is to be done."""
    if step == Clocked.ANSWER:
        return kind == "lead.info_given"
    if step == Clocked.APPEAL and kind == "lead.looked_at_again":
        return True
    return lead.status in VENDOR_ANSWERED or (lead.status == Status.SUBMITTED and lead.is_seen)


def _wanted(lead: Lead) -> Clocked | None:
    """Whose turn it is: the step that has to be taken now; None: nobody's."""
    if lead.is_set_aside:
        return None
    if lead.status == Status.MORE_INFO:
        return Clocked.ANSWER
    if lead.status != Status.SUBMITTED:
        return None
    if is_appealed(lead):
        return Clocked.APPEAL
    if lead.program.kind == Kind.POS and not lead.sales_support and lead.is_seen:
        return None
    is_left_alone = lead.program.kind == Kind.PLUS and not lead.sales_support
    return Clocked.CONTACT if is_left_alone else Clocked.DECISION


def _follow(
    lead: Lead, going: dict[Clocked, Clock], wanted: Clocked | None, kind: str, at: datetime, *, late: bool
) -> None:
    calendar = current_calendar()
    for step, clock in going.items():
        is_paused = wanted == Clocked.ANSWER and step != Clocked.ANSWER
        if step == wanted and kind not in AGAIN:
            continue
        clock.rest(at, calendar.hours)
        if is_paused:
            tell_moves(step, {lead.pk: None})
        else:
            clock.stopped_at, clock.is_answered = at, _is_answered(lead, step, kind)
        clock.save()
    runs = None
    if wanted is not None:
        before = None if kind in AGAIN else going.get(wanted)
        runs = before or _new(lead, wanted, at, due_times_of(lead.program, calendar.hours))
        runs.run_from(at, calendar.hours, calendar.version)
        if late:
            runs.keep_silent()
        runs.save()
        tell_moves(wanted, {lead.pk: runs.due_at})
    note_due({lead.pk: runs.due_at if runs else None})


def begin_each(leads: Iterable[Lead], *, at: datetime | None = None) -> None:
    """Start the clocks of leads that have none, locked, with their programs: from `at` on, or from when each came in.

    Three statements, and one for each program.
    """
    calendar = current_calendar()
    hours, times, begun = calendar.hours, dict[UUID, DueTimes](), list[Clock]()
    for lead in leads:
        step, began = _wanted(lead), at or lead.submitted_at
        if step is None or began is None:
            continue
        if lead.program_id not in times:
            times[lead.program_id] = due_times_of(lead.program, hours)
        clock = _new(lead, step, began, times[lead.program_id])
        clock.run_from(began, hours, calendar.version)
        begun.append(clock)
    Clock.objects.bulk_create(begun)
    note_due({clock.lead_id: clock.due_at for clock in begun})


def _new(lead: Lead, step: Clocked, at: datetime, times: DueTimes) -> Clock:
    return new_clock(lead, step, at, times, timedelta(hours=times.hours_for(step)))
