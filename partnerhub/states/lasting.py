"""What protects something until a moment: countdown, reminders, and an extension that is asked for once (E5)."""

from datetime import datetime, timedelta
from typing import ClassVar, Protocol

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext, pgettext_lazy

from partnerhub.actors import Actor
from partnerhub.errors import Reason

REMINDED_AT = (14, 7, 1)
"""So many days before the end."""


class Extension(models.TextChoices):
    """What became of it; empty where none was asked for."""

    ASKED = "asked", pgettext_lazy("extension", "Asked for")
    GRANTED = "granted", pgettext_lazy("extension", "Granted")
    REFUSED = "refused", pgettext_lazy("extension", "Refused")


class Extendable(Protocol):
    """A record whose time is extended once, as far as the steps of that depend on it."""

    @property
    def extension(self) -> str: ...


class Lasts(Extendable, Protocol):
    """One that protects until a moment."""

    @property
    def until(self) -> datetime: ...


def still_runs(record: Lasts, actor: Actor) -> Reason:
    return Reason.of(
        "running",
        record.until > now(),
        met=_now("The protection still runs."),
        missing=_now("The protection has run out."),
        final=True,
    )


def extension_not_asked(record: Extendable, actor: Actor) -> Reason:
    return Reason.of(
        "extension",
        not record.extension,
        met=_now("No extension was asked for yet."),
        missing=_now("An extension was asked for before; that is possible once."),
        final=True,
    )


def extension_waits(record: Extendable, actor: Actor) -> Reason:
    return Reason.of(
        "asked",
        record.extension == Extension.ASKED,
        met=_now("The partner has asked for an extension."),
        missing=_now("No extension waits for an answer."),
        final=True,
    )


class CountsDown:
    """A record that protects while its status is `RUNS`. `reminded` is the reminder that was sent last."""

    RUNS: ClassVar[str]
    status: str
    until: datetime
    reminded: int | None

    @property
    def is_over(self) -> bool:
        return self.status != self.RUNS or self.until <= now()

    @property
    def days_left(self) -> int:
        """The days that are left, a part of one counts whole; 0 once it is over."""
        return 0 if self.is_over else -((now() - self.until) // timedelta(days=1))

    @property
    def left(self) -> str:
        """The days that are left, in words; that it is over, once it is."""
        if self.is_over:
            return _now("over")
        count = self.days_left
        return ngettext("%(count)s day left", "%(count)s days left", count) % {"count": count}

    @property
    def reminder_due(self) -> int | None:
        """The reminder (days before the end) that is due and was not sent; None where none is."""
        due = min((days for days in REMINDED_AT if self.days_left <= days), default=None)
        return None if due is None or (self.reminded is not None and due >= self.reminded) else due
