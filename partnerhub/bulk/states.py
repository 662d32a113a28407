"""The states of a run."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RunState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("bulk act", "Not confirmed")
    WAITING = "waiting", pgettext_lazy("bulk act", "Waiting")
    RUNNING = "running", pgettext_lazy("bulk act", "Under way")
    DONE = "done", pgettext_lazy("bulk act", "Done")
    STOPPED = "stopped", pgettext_lazy("bulk act", "Stopped")
    ENDED = "ended", pgettext_lazy("bulk act", "Ended early")


UNFINISHED_RUNS = frozenset({RunState.WAITING, RunState.RUNNING})
OVER = frozenset({RunState.DONE, RunState.STOPPED, RunState.ENDED})
NEXT_OF_RUN: dict[RunState, frozenset[RunState]] = {
    RunState.ASKED: frozenset({RunState.WAITING}),
    RunState.WAITING: frozenset({RunState.RUNNING, RunState.STOPPED}),
    RunState.RUNNING: frozenset({RunState.WAITING, RunState.DONE, RunState.STOPPED, RunState.ENDED}),
    RunState.DONE: frozenset(),
    RunState.STOPPED: frozenset(),
    RunState.ENDED: frozenset(),
}
"""Which state follows which. A run that its worker put down waits again."""


class Became(models.TextChoices):
    """What became of a row."""

    DONE = "done", _("Done")
    STALE = "stale", _("Somebody was faster")
    REFUSED = "refused", _("Not done")
    FAILED = "failed", _("Failed")
