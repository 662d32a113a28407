"""The clocks of leads, and how long each may run (E2)."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from leads.models import Lead, Program
from partnerhub.calendars.hours import NO_TIME, Hours, add_business, business_between
from partnerhub.clocks.states import REMINDED_HOURS, Clocked, Escalation
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel

DUE_SETTINGS = ("decision_hours", "contact_hours", "answer_hours", "appeal_hours", "reminder_hours", "escalates_to")
GOING = Q(stopped_at=None)
APPEAL_HOURS = 80
"""Ten business days of eight hours, for programs whose due times were set before appeals were on the clocks."""


class DueTimes(TenantModel):
    """What is due when in a program, in hours of the calendar. A program without a row has so many business days.

    `reminder_hours` before it is due whoever has to act is reminded; `escalates_to` is the role that is told after.
    """

    program = TenantForeignKey(Program)
    decision_hours = models.PositiveSmallIntegerField()
    contact_hours = models.PositiveSmallIntegerField()
    answer_hours = models.PositiveSmallIntegerField()
    appeal_hours = models.PositiveSmallIntegerField(default=APPEAL_HOURS, db_default=APPEAL_HOURS)
    reminder_hours = models.PositiveSmallIntegerField(default=REMINDED_HOURS)
    escalates_to = models.CharField(max_length=30, choices=Escalation.choices, default=Escalation.PROGRAMME_ADMIN)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "program"], name="due_times_once")]

    def __str__(self) -> str:
        return self.program.name

    def hours_for(self, step: Clocked) -> int:
        return int(getattr(self, f"{step.value}_hours"))


class Clock(TenantModel):
    """Working time that somebody has for a step of a lead. Of each step one is going at a time.

    It has run for `used` working seconds before `resumed_at`, which is empty while it is paused, and `due_at` with it.
    `next_at` is when the sweep has to look at it: for the reminder, then for the escalation; empty: not any more.
    `calendar_version` is the calendar by which `due_at` was reckoned.
    """

    lead = TenantForeignKey(Lead)
    partner = TenantForeignKey(Partner, null=True)
    program = TenantForeignKey(Program)
    step = models.CharField(max_length=10, choices=Clocked.choices)
    allowed = models.PositiveIntegerField()
    used = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=now)
    resumed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    is_answered = models.BooleanField(default=False)
    is_reminded = models.BooleanField(default=False)
    is_escalated = models.BooleanField(default=False)
    reminder_hours = models.PositiveSmallIntegerField(default=REMINDED_HOURS)
    escalates_to = models.CharField(max_length=30, choices=Escalation.choices, default=Escalation.PROGRAMME_ADMIN)
    calendar_version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "lead", "step"], condition=GOING, name="clock_going_once")
        ]
        indexes = [
            models.Index(fields=["tenant", "next_at"], condition=Q(next_at__isnull=False), name="clock_next"),
            models.Index(fields=["tenant", "calendar_version"], condition=GOING, name="clock_calendar"),
            models.Index(
                fields=["tenant", "program", "stopped_at"], condition=Q(is_answered=True), name="clock_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"L-{self.lead.number}"

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None and self.resumed_at is not None

    @property
    def left(self) -> timedelta:
        """The working time that was left when it last was resumed, or is, while it is paused."""
        return max(NO_TIME, timedelta(seconds=self.allowed - self.used))

    def run_from(self, at: datetime, hours: Hours, version: int) -> None:
        """Go on at this moment, by this version of the calendar."""
        self.resumed_at, self.calendar_version = at, version
        self.due_at = add_business(hours, at, self.left)
        self.next_at = self._next(hours)

    def rest(self, at: datetime, hours: Hours) -> None:
        """Count what has run until this moment, and run no more."""
        if self.resumed_at is not None:
            self.used += business_between(hours, self.resumed_at, at) // timedelta(seconds=1)
        self.resumed_at = self.due_at = self.next_at = None

    def keep_silent(self) -> None:
        """It is history: nobody is reminded any more, nor told after."""
        self.is_reminded, self.is_escalated, self.next_at = True, True, None

    def told(self, hours: Hours, *, escalated: bool) -> None:
        """Somebody was reminded, or told after: the sweep comes again for what is left to say."""
        self.is_reminded, self.is_escalated = True, escalated
        self.next_at = self._next(hours)

    def _next(self, hours: Hours) -> datetime | None:
        if self.is_escalated or self.resumed_at is None:
            return None
        before = self.left - timedelta(hours=self.reminder_hours)
        if self.is_reminded or before <= NO_TIME:
            return self.due_at
        return add_business(hours, self.resumed_at, before)
