"""What long work has in common, whatever it does: taken by a worker with a lease, done part by part, put down.

It is taken in a transaction of its own. Each part is one transaction: what is done, what became of it, and the lease's
next end. So a worker that dies leaves whole parts behind; once the lease is over, another one goes on with the first
part that is not done, and nothing is done twice.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope

log = structlog.get_logger(__name__)

TRIES = 3
WORK_SECONDS = 20.0
TURN_SECONDS = 5.0
"""After so long the next work has its turn."""
TAKEN_AT_ONCE = 10
WorkT = TypeVar("WorkT", bound=Any)
DueWork = Iterable[tuple[UUID, UUID]]
"""(tenant, work) of what waits for a worker or was left by one."""


def lease_end() -> datetime:
    """Longer than a part takes; where one takes longer, its lock holds the others off."""
    return now() + timedelta(seconds=settings.BULK_LEASE_SECONDS)


class Turn(ABC, Generic[WorkT]):
    """A worker with one piece of work: a row with `claim`, `tries` and `due_at`, which is `unfinished`."""

    unfinished: ClassVar[Q]

    def __init__(self, tenant: Tenant, work_id: UUID) -> None:
        self.tenant = tenant
        self.work_id = work_id
        self.claim = new_id()

    @abstractmethod
    def rows(self) -> QuerySet[WorkT]:
        """All such work of the tenant."""

    @abstractmethod
    def take_up(self, work: WorkT, **changes: object) -> None:
        """Write the lease into work that is ours now."""

    @abstractmethod
    def put_back(self, work: WorkT, **changes: object) -> None:
        """Write into work of ours that it waits for a worker again."""

    @abstractmethod
    def do_part(self, work: WorkT) -> bool:
        """Do the next part, in the present transaction; whether there may be more."""

    def go(self) -> int:
        """Do parts of it for a while; how many."""
        parts, end = 0, monotonic() + TURN_SECONDS
        if not self._take():
            return 0
        try:
            while self._part():
                parts += 1
                if monotonic() > end:
                    break
        except (OperationalError, InterfaceError):
            raise  # the database is away: the lease ends by itself
        except Exception:  # whatever is wrong with one part, the others are done
            log.exception("bulk.part_failed", turn=type(self).__name__, run_id=str(self.work_id))
            self._put_down(seconds=1)
        else:
            self._put_down(seconds=0)
        return parts

    def _take(self) -> bool:
        """Whether it is ours now. The tries count up until a part is done."""
        with tenant_scope(self.tenant):
            rows = self.rows().select_for_update(skip_locked=True)
            work = rows.filter(self.unfinished, pk=self.work_id, due_at__lte=now()).first()
            if work is None:
                return False
            self.take_up(work, claim=self.claim, tries=work.tries + 1, due_at=lease_end())
        return True

    def _ours(self) -> WorkT | None:
        """The work, locked until the end of the transaction; None where it was stopped, or is another worker's."""
        rows = self.rows().select_for_update()
        work: WorkT | None = rows.filter(self.unfinished, pk=self.work_id, claim=self.claim).first()
        return work

    def _part(self) -> bool:
        with tenant_scope(self.tenant):
            work = self._ours()
            if work is None or not self.do_part(work):
                return False
            self.rows().filter(pk=self.work_id).update(tries=0, due_at=lease_end())
        return True

    def _put_down(self, *, seconds: float) -> None:
        """Let another worker, or this one, go on with it."""
        with tenant_scope(self.tenant):
            work = self._ours()
            if work is not None:
                later = timedelta(seconds=seconds * work.tries)
                self.put_back(work, claim=None, due_at=now() + later)


def take_turns(
    due: Callable[[datetime, int], DueWork], turn: type[Turn[WorkT]], wake: Callable[[], None], seconds: float
) -> int:
    """Do what is due, in all tenants, in turn; how many parts were done. What is left then is woken for again."""
    end, done = monotonic() + seconds, 0
    while waiting := [*due(now(), TAKEN_AT_ONCE)]:
        if monotonic() > end:
            wake()
            break
        tenants = Tenant.objects.in_bulk({tenant for tenant, _work in waiting})
        parts = sum(turn(tenants[tenant_id], work_id).go() for tenant_id, work_id in waiting)
        if not parts:  # others hold them
            break
        done += parts
    return done
