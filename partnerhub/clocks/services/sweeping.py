"""The sweep of clocks: a reminder before, an escalation after, each once; and due times by a calendar that changed."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import now

from leads.models import NEVER, Lead
from leads.services import note_due
from leads.services.steps import event_data
from leads.states import Kind, Origin, Status
from partnerhub.calendars.hours import Hours
from partnerhub.calendars.selectors import current_calendar
from partnerhub.clocks.models import GOING, Clock
from partnerhub.clocks.services.following import begin_each
from partnerhub.clocks.services.running import reminder_of, tell_moves
from partnerhub.clocks.states import Clocked
from partnerhub.events.models import Audience
from partnerhub.events.services import SYSTEM, record
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.tenancy.sweeping import sweep_due

CLOCKS_RECKONED = 200
CLOCKS_BEGUN = 500
NEW_FOR = timedelta(hours=1)


def sweep_clocks() -> int:
    """Remind and escalate what is due, in all tenants; of how many.

    A clock that was stopped or paused meanwhile is not due any more. Its lead is held up by nothing.
    """
    return sweep_due("due_clocks", _free, _sweep)


def _free(key: UUID) -> Clock | None:
    return Clock.objects.filter(GOING, pk=key).select_for_update(skip_locked=True).first()


def _sweep(clock: Clock) -> bool:
    if clock.next_at is None or clock.next_at > now():
        return False
    is_over = clock.due_at is not None and clock.due_at <= now()
    clock.told(current_calendar().hours, escalated=is_over)
    clock.save(update_fields=["is_reminded", "is_escalated", "next_at"])
    _tell(clock, is_over=is_over)
    return True


def _tell(clock: Clock, *, is_over: bool) -> None:
    """After a day without the worker, a clock that ran out meanwhile tells that alone, and not the reminder first."""
    remind = reminder_of(clock.step)
    if remind is not None:
        if not is_over:
            remind(clock)
        return
    lead = Lead.objects.select_related("program", "partner", "submitted_by__user", "representative__user").get(
        pk=clock.lead_id
    )
    is_answer = clock.step == Clocked.ANSWER
    about = event_data(lead) | {
        "clock": clock.step,
        "due_at": clock.due_at and clock.due_at.isoformat(),
        "role": clock.escalates_to,
        "step_word": str(Clocked(clock.step).label),
    }
    told: dict[str, Any] = {"actor": SYSTEM, "data": about, "audience": Audience.BOTH if is_answer else Audience.VENDOR}
    match is_answer, is_over:
        case True, True:
            record("clock.answer_overdue", clock, **told)
        case True, False:
            record("clock.answer_reminded", clock, **told)
        case False, True:
            record("clock.overdue", clock, **told)
        case _:
            record("clock.reminded", clock, **told)


def reckon_anew(tenant: Tenant) -> int:
    """Move the due times of clocks that were reckoned by another calendar than the present one; how many were moved.

    In batches, each in a transaction of its own. A lead that somebody works on is left to the next time.
    """
    moved, done = 0, 1
    while done:
        with tenant_scope(tenant):
            calendar = current_calendar()
            keys = _reckoned_else(calendar.version)
            done = _reckon(keys, calendar.hours, calendar.version) if keys else 0
            moved += done
    return moved


def _reckoned_else(version: int) -> list[UUID]:
    rows = Clock.objects.filter(GOING).exclude(calendar_version=version)
    return list(rows.values_list("lead_id", flat=True)[:CLOCKS_RECKONED])


def _reckon(leads: list[UUID], hours: Hours, version: int) -> int:
    """The lead is locked first, as its verbs do."""
    locked = Lead.objects.filter(pk__in=leads).order_by("pk").select_for_update(skip_locked=True, no_key=True)
    keys = list(locked.values_list("pk", flat=True))
    clocks = list(Clock.objects.filter(GOING, lead__in=keys).select_for_update())
    moved = {}
    for clock in clocks:
        clock.calendar_version = version
        if clock.resumed_at is not None:
            clock.run_from(clock.resumed_at, hours, version)
            moved[clock.lead_id] = clock.due_at
    Clock.objects.bulk_update(clocks, ["calendar_version", "due_at", "next_at"])
    note_due(moved)
    for step in {clock.step for clock in clocks}:
        tell_moves(step, {one.lead_id: one.due_at for one in clocks if one.step == step and one.due_at})
    return len(clocks)


def begin_clocks(tenant: Tenant) -> int:
    """Start the clocks of leads that have come in within the last hour, from that moment on; how many."""
    with tenant_scope(tenant):
        return _begin(Q(submitted_at__gt=now() - NEW_FOR))


def catch_up() -> int:
    """Start the clocks of leads that wait without one, an hour or longer: an older release has taken them in. From now
    on, not from then. Gives how many were started.
    """
    return _begin(Q(submitted_at__lte=now() - NEW_FOR), at=now())


@transaction.atomic
def _begin(which: Q, *, at: datetime | None = None) -> int:
    """In one set: of two workers each takes other leads, and a lead that somebody works on is left to the next time."""
    waiting = Lead.objects.filter(which, status=Status.SUBMITTED, is_set_aside=False, due_at=NEVER).exclude(
        Q(origin=Origin.VENDOR)
        | (Q(refused_person__isnull=False) & ~Q(appeal_text=""))
        | Q(program__kind=Kind.POS, sales_support=False, is_seen=True)
        | Exists(Clock.objects.filter(GOING, lead=OuterRef("pk")))
    )
    locked = waiting.select_related("program").select_for_update(of=("self",), skip_locked=True, no_key=True)
    leads = list(locked.order_by("submitted_at")[:CLOCKS_BEGUN])
    begin_each(leads, at=at)
    return len(leads)
