"""The outbox, for any kind of delivery: take what is due, hand it over, write down what was said (quality 47–50).

A delivery is claimed with a lease, in a transaction of its own, before anything is said to its receiver, and marked
right after the receiver's word. So a worker that dies loses nothing: when the lease is over, another one sends what is
left, with the same id, because the receiver may have taken it already.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, ClassVar
from uuid import UUID

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import F
from django.utils.timezone import now

from notifications.models import Delivery
from notifications.selectors import undone_among
from notifications.selectors.story import Over
from notifications.services.answers import MailAnswer, MailVerdict, NotNow, Unreachable
from notifications.services.fanning import fan_out_events
from notifications.services.marking import Outcome, mark, move, next_try, outcome_of
from notifications.states import UNFINISHED, Hold, Status, check_move
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

log = structlog.get_logger(__name__)

BATCH = 100
RUN_SECONDS = 10.0
LEASE_SECONDS = 120
REST_SECONDS = 300.0
"""How long a delivery waits that can't be written now."""
# Marks are written together, because a transaction costs as much as a mail; but soon, because a mail whose mark is
# missing goes out again if the worker is killed.
MARKED_TOGETHER = 10
MARKED_WITHIN = 0.2


class Carrier(ABC):
    """One kind of delivery: what the outbox asks of it. Lives for one run of a worker, and keeps its connections."""

    model: ClassVar[type[Delivery]]
    related: ClassVar[tuple[str, ...]] = ("event",)

    @abstractmethod
    def due(self, at: datetime, most: int) -> dict[UUID, list[UUID]]:
        """What is due, by tenant, fairly."""

    @abstractmethod
    def delays(self) -> Sequence[float]:
        """Seconds before each further try."""

    @abstractmethod
    def slowest(self) -> float:
        """How many seconds one try can take."""

    @abstractmethod
    def held_back(self, rows: Sequence[Any]) -> dict[UUID, Hold]:
        """Which of these its receivers must not get now, and why; asked inside their tenant.

        What was undone meanwhile is held back by the outbox, whoever carries it.
        """

    @abstractmethod
    def get_ready(self, rows: Sequence[Any]) -> None:
        """Read what composing them needs; inside their tenant."""

    @abstractmethod
    def compose(self, row: Any, tenant: Tenant) -> Any:
        """Write what is handed over. Raises Over where nothing is left to say, NotNow where it can't be written."""

    @abstractmethod
    def carry(self, ready: Iterator[tuple[Any, Any]], meanwhile: Callable[[], None]) -> Iterator[Outcome]:
        """Hand them over, and tell what became of each. Raises Unreachable where nothing can be handed over now."""

    @abstractmethod
    def heard(self, outcomes: Sequence[Outcome]) -> None:
        """What follows from them, beside their marks, in the same transaction."""


def carry_due(carrier: Carrier, wake: Callable[[], None], *, seconds: float = RUN_SECONDS) -> int:
    """Tell of what has happened, and hand over what is due, in all tenants, in turn; how many were taken.

    Where much is due, another process is woken to help. Goes on for a few seconds, so that a worker that is told to
    stop does so soon; what is left then is woken for again.
    """
    began, taken = monotonic(), 0
    while True:
        told, due = fan_out_events(), carrier.due(now(), BATCH)
        is_over = monotonic() - began > seconds
        if not (told or due):
            break
        if is_over or sum(map(len, due.values())) == BATCH:
            wake()
        if is_over:
            break
        tenants = Tenant.objects.in_bulk(due)
        try:
            for tenant_id, ids in due.items():
                taken += TenantBatch(tenants[tenant_id], carrier).send(ids)
        except Unreachable as error:
            log.warning("outbox.nobody_there", kind=carrier.model._meta.model_name, answer=str(error))
            break
    return taken


def lease_seconds() -> float:
    """How long a claimed delivery is its worker's, in seconds."""
    return float(getattr(settings, "MAIL_LEASE_SECONDS", LEASE_SECONDS))


@dataclass
class TenantBatch:
    """Some deliveries of one tenant, claimed together."""

    tenant: Tenant
    carrier: Carrier
    waiting: list[Delivery] = field(default_factory=list)
    composed: tuple[Delivery, Any] | None = None
    begun: Delivery | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    marked: float = field(default_factory=monotonic)

    def send(self, ids: Sequence[UUID]) -> int:
        """Claim and send them; how many were taken. Raises Unreachable; then they are back in the queue.

        None is begun so late that the lease could end before the slowest answer.
        """
        end = monotonic() + max(lease_seconds() / 6, lease_seconds() - self.carrier.slowest())
        self._claim(ids)
        taken = 0
        try:
            for outcome in self.carrier.carry(self._ready(end), self._meanwhile):
                self.outcomes.append(outcome)
                taken += outcome.status == Status.SENT
        except Unreachable as error:
            self._put_off([row for row in [self.begun, *self._unsent()] if row], str(error))
            raise
        finally:
            self._mark()
            self._release()
        return taken

    def _claim(self, ids: Sequence[UUID]) -> None:
        at, rows = now(), self.carrier.model._default_manager  # noqa: SLF001 - Django's own name for it
        with tenant_scope(self.tenant):
            due = list(
                rows.filter(pk__in=ids, status__in=UNFINISHED, due_at__lte=at)
                .select_related(*self.carrier.related)
                .select_for_update(of=("self",), skip_locked=True)
                .order_by("due_at", "id")
            )
            held = self._held_back(due)
            for row in due:
                if row.pk in held:
                    move(row, Status.SUPPRESSED, hold=held[row.pk])
                elif self._is_worn(row):
                    move(row, Status.FAILED, last_answer="No worker lived to finish a try.")
                else:
                    self.waiting.append(row)
            rows.filter(pk__in=[row.pk for row in self.waiting]).update(
                status=Status.SENDING,
                version=F("version") + 1,
                tries=F("tries") + 1,
                due_at=at + timedelta(seconds=lease_seconds()),
                hold="",
            )
            self.carrier.get_ready(self.waiting)
        for row in self.waiting:
            row.status, row.tries = Status.SENDING, row.tries + 1

    def _held_back(self, rows: Sequence[Delivery]) -> dict[UUID, Hold]:
        """What must not go out now, and why: what was undone meanwhile, even if nobody has been told of that yet."""
        if not rows:
            return {}
        undone = undone_among([row.event for row in rows])
        over = {row.pk: Hold.OVER for row in rows if row.event_id in undone}
        return self.carrier.held_back(rows) | over

    def _is_worn(self, row: Delivery) -> bool:
        """Whether workers have died over it as often as a delivery is tried."""
        return row.status == Status.SENDING and next_try(row.tries, now(), self.carrier.delays()) is None

    def _ready(self, end: float) -> Iterator[tuple[Delivery, Any]]:
        while monotonic() < end:
            self._compose()
            if self.composed is None:
                return
            (self.begun, _), ready, self.composed = self.composed, self.composed, None
            yield ready

    def _compose(self) -> None:
        """Write the next one that can be written, ahead of its turn."""
        while self.composed is None and self.waiting:
            row = self.waiting.pop(0)
            try:
                self.composed = row, self.carrier.compose(row, self.tenant)
            except Over:
                self.outcomes.append(Outcome(row, Status.SUPPRESSED, {"hold": Hold.OVER}))
            except NotNow as error:
                log.error("delivery.not_now", delivery_id=str(row.pk), kind=row.kind, cause=str(error))  # noqa: TRY400 - no fault of the code
                answer = MailAnswer(MailVerdict.NOT_ASKED, str(error), wait=REST_SECONDS)
                self.outcomes.append(outcome_of(row, answer, delays=self.carrier.delays()))
            except Exception as error:  # whatever is wrong with one, the others go out
                log.exception("delivery.not_written", delivery_id=str(row.pk), kind=row.kind)
                words = f"It could not be written: {type(error).__name__} {error}"
                self.outcomes.append(Outcome(row, Status.FAILED, {"last_answer": words[:500]}))

    def _meanwhile(self) -> None:
        """While a receiver works: write down what was said of those before, and write the next."""
        if len(self.outcomes) >= MARKED_TOGETHER or monotonic() - self.marked > MARKED_WITHIN:
            try:
                self._mark()
            except (OperationalError, InterfaceError) as error:
                connection.close()
                log.warning("delivery.mark_later", error=str(error))
        self._compose()

    def _mark(self) -> None:
        """Write down what is known. The commit is not waited for: lost in a crash, the same delivery goes out again."""
        self.marked = monotonic()
        if self.outcomes:
            with tenant_scope(self.tenant):
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL synchronous_commit TO off")
                mark(self.outcomes)
                self.carrier.heard(self.outcomes)
            self.outcomes = []

    def _put_off(self, rows: Iterable[Delivery], words: str) -> None:
        """Nothing can be handed over now: these wait for their next try."""
        answer = MailAnswer(MailVerdict.LATER, words)
        self.outcomes += [outcome_of(row, answer, delays=self.carrier.delays()) for row in rows]

    def _release(self) -> None:
        """Give back what time did not suffice for: it counts as not tried."""
        rows = list(self._unsent())
        if rows:
            check_move(Status.SENDING, Status.QUEUED)
            with tenant_scope(self.tenant):
                self.carrier.model._default_manager.filter(  # noqa: SLF001 - Django's own name for it
                    pk__in=[row.pk for row in rows], status=Status.SENDING
                ).update(status=Status.QUEUED, version=F("version") + 1, tries=F("tries") - 1, due_at=now())

    def _unsent(self) -> Iterator[Delivery]:
        if self.composed:
            yield self.composed[0]
        yield from self.waiting
        self.composed, self.waiting = None, []
