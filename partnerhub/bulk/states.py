"""The states of a run."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    ASKED = "asked", pgettext_lazy("bulk act", "Not confirmed")
    WAITING = "waiting", pgettext_lazy("bulk act", "Waiting")
    RUNNING = "running", pgettext_lazy("bulk act", "Under way")
    DONE = "done", pgettext_lazy("bulk act", "Done")
    STOPPED = "stopped", pgettext_lazy("bulk act", "Stopped")
    ENDED = "ended", pgettext_lazy("bulk act", "Ended early")


UNFINISHED = frozenset({State.WAITING, State.RUNNING})
OVER = frozenset({State.DONE, State.STOPPED, State.ENDED})
NEXT: dict[State, frozenset[State]] = {
    State.ASKED: frozenset({State.WAITING}),
    State.WAITING: frozenset({State.RUNNING, State.STOPPED}),
    State.RUNNING: frozenset({State.WAITING, State.DONE, State.STOPPED, State.ENDED}),
    State.DONE: frozenset(),
    State.STOPPED: frozenset(),
    State.ENDED: frozenset(),
}
"""Which state follows which. A run that its worker put down waits again."""


class Became(models.TextChoices):
    """What became of a row."""

    DONE = "done", _("Done")
    STALE = "stale", _("Somebody was faster")
    REFUSED = "refused", _("Not done")
    FAILED = "failed", _("Failed")
