"""What the worker does with runs (`turns`): the act on the rows of a part, and what became of each of them.

Who asked is looked up for each part anew, with what they may do at that moment.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.bulk.models import Batch, Run
from partnerhub.bulk.selectors import due_runs, seat_behind
from partnerhub.bulk.services.doing import (
    LONGEST_REASON,
    act_form,
    checked_form,
    do_rows,
    failed,
    move_run,
    refused_all,
    write_results,
)
from partnerhub.bulk.services.turns import TRIES, WORK_SECONDS, Turn, take_turns
from partnerhub.bulk.services.waking import wake
from partnerhub.bulk.states import UNFINISHED_RUNS, RunState
from partnerhub.errors import Refused


def carry_on(*, seconds: float = WORK_SECONDS) -> int:
    """Do what is due, in all tenants, in turn; how many parts were done."""
    return take_turns(due_runs, RunTurn, wake, seconds)


class RunTurn(Turn[Run]):
    """A worker with one run."""

    unfinished = Q(state__in=UNFINISHED_RUNS)

    def rows(self) -> QuerySet[Run]:
        return Run.objects.all()

    def take_up(self, work: Run, **changes: object) -> None:
        if work.state == RunState.WAITING:
            move_run(work, RunState.RUNNING, **changes)
        else:
            Run.objects.filter(pk=work.pk).update(**changes)

    def put_back(self, work: Run, **changes: object) -> None:
        move_run(work, RunState.WAITING, **changes)

    def do_part(self, work: Run) -> bool:
        with translation.override(work.language):
            batch = Batch.objects.filter(run=work, results__isnull=True).order_by("number").first()
            if batch is None:
                move_run(work, RunState.DONE)
                return False
            if work.tries > TRIES:
                write_results(work, batch, [failed(_("It could not be done. We were told of it."))] * len(batch.ids))
            elif why := _do(work, batch):
                move_run(work, RunState.ENDED, reason=why)
                return False
        return True


def _do(run: Run, batch: Batch) -> str:
    """Do a part as the member who asked for it; why the run ends here, in words."""
    seat = seat_behind(run)
    if seat is None:
        return _("The seat, or the token, that asked for this has ended.")
    with seat.way_in()():
        if why := _why_not(seat, run):
            return why
        try:
            do_rows(run, batch, _answers(run), by=seat)
        except Refused as refused:
            refused_all(run, batch, refused)
    return ""


def _why_not(seat: Membership, run: Run) -> str:
    """Why the member may not do this any more, in words; empty where they may."""
    if seat.can(run.list_class.permission) and seat.can(run.act.permission):
        return ""
    return seat.why_read_only[:LONGEST_REASON] or _("The role that this needs was taken away meanwhile.")


def _answers(run: Run) -> dict[str, Any]:
    return {} if run.is_undo else checked_form(act_form(run.act, run.answers))
