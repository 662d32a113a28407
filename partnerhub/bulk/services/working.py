"""What the worker does: take a run, do its parts one after the other, put it down.

A run is taken with a lease, in a transaction of its own. Each part is one transaction: what is done to its rows, what
became of each of them, and the lease's next end. So a worker that dies leaves whole parts behind; once the lease is
over, another one goes on with the first part that has no results, and nothing is done twice. Who asked is looked up
for each part anew, with what they may do at that moment.
"""

from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import translation
from django.utils.timezone import now
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
from partnerhub.bulk.services.waking import wake
from partnerhub.bulk.states import UNFINISHED_RUNS, RunState
from partnerhub.errors import Refused
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope

log = structlog.get_logger(__name__)

TRIES = 3
WORK_SECONDS = 20.0
TURN_SECONDS = 5.0
"""After so long the next run has its turn."""


def carry_on(*, seconds: float = WORK_SECONDS) -> int:
    """Do what is due, in all tenants, in turn; how many parts were done. What is left then is woken for again."""
    end, done = monotonic() + seconds, 0
    while due := [*due_runs(now(), 10)]:
        if monotonic() > end:
            wake()
            break
        tenants = Tenant.objects.in_bulk({tenant for tenant, _run in due})
        parts = sum(Turn(tenants[tenant_id], run_id).go() for tenant_id, run_id in due)
        if not parts:  # others hold them
            break
        done += parts
    return done


def lease_end() -> datetime:
    """Longer than a part takes; where one takes longer, its lock holds the others off."""
    return now() + timedelta(seconds=settings.BULK_LEASE_SECONDS)


class Turn:
    """A worker with one run."""

    def __init__(self, tenant: Tenant, run_id: UUID) -> None:
        self.tenant = tenant
        self.run_id = run_id
        self.claim = new_id()

    def go(self) -> int:
        """Do parts of it for a while; how many."""
        parts, end = 0, monotonic() + TURN_SECONDS
        if not self._take():
            return 0
        try:
            while self._do_part():
                parts += 1
                if monotonic() > end:
                    break
        except (OperationalError, InterfaceError):
            raise  # the database is away: the lease ends by itself
        except Exception:  # whatever is wrong with one part, the others are done
            log.exception("bulk.part_failed", run_id=str(self.run_id))
            self._put_down(seconds=1)
        else:
            self._put_down(seconds=0)
        return parts

    def _take(self) -> bool:
        """Whether it is ours now. The tries count up until a part is done."""
        with tenant_scope(self.tenant):
            rows = Run.objects.select_for_update(skip_locked=True)
            run = rows.filter(pk=self.run_id, state__in=UNFINISHED_RUNS, due_at__lte=now()).first()
            if run is None:
                return False
            changes = {"claim": self.claim, "tries": run.tries + 1, "due_at": lease_end()}
            if run.state == RunState.WAITING:
                move_run(run, RunState.RUNNING, **changes)
            else:
                Run.objects.filter(pk=run.pk).update(**changes)
        return True

    def _ours(self) -> Run | None:
        """The run, locked until the end of the transaction; None where it was stopped, or is another worker's."""
        rows = Run.objects.select_for_update().filter(pk=self.run_id, claim=self.claim, state=RunState.RUNNING)
        run: Run | None = rows.first()
        return run

    def _do_part(self) -> bool:
        """Do the next part; whether there may be more."""
        with tenant_scope(self.tenant):
            run = self._ours()
            if run is None:
                return False
            with translation.override(run.language):
                batch = Batch.objects.filter(run=run, results__isnull=True).order_by("number").first()
                if batch is None:
                    move_run(run, RunState.DONE)
                    return False
                if run.tries > TRIES:
                    write_results(run, batch, [failed(_("It could not be done. We were told of it."))] * len(batch.ids))
                elif why := self._do(run, batch):
                    move_run(run, RunState.ENDED, reason=why)
                    return False
            Run.objects.filter(pk=run.pk).update(tries=0, due_at=lease_end())
        return True

    def _do(self, run: Run, batch: Batch) -> str:
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

    def _put_down(self, *, seconds: float) -> None:
        """Let another worker, or this one, go on with it."""
        with tenant_scope(self.tenant):
            run = self._ours()
            if run:
                move_run(run, RunState.WAITING, claim=None, due_at=now() + timedelta(seconds=seconds * run.tries))


def _why_not(seat: Membership, run: Run) -> str:
    """Why the member may not do this any more, in words; empty where they may."""
    if seat.can(run.list_class.permission) and seat.can(run.act.permission):
        return ""
    return seat.why_read_only[:LONGEST_REASON] or _("The role that this needs was taken away meanwhile.")


def _answers(run: Run) -> dict[str, Any]:
    return {} if run.is_undo else checked_form(act_form(run.act, run.answers))
