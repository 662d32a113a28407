"""The worker's part: take what is due, hand it to the mail server, write down what the server said (quality 47–50).

A message is claimed with a lease, in a transaction of its own, before anything is said to the server, and marked right
after the server's word. So a worker that dies loses nothing: when the lease is over, another one sends what is left,
with the same Message-ID, because the server may have taken it already.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from uuid import UUID

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import F
from django.utils.timezone import now

from notifications.models import Message
from notifications.selectors import due_messages, may_get, partner_names, undone_events, unwanted_among
from notifications.selectors.story import Over
from notifications.services.fanning import fan_out_events
from notifications.services.marking import Outcome, mark, move, next_try, outcome_of
from notifications.services.nudging import nudge
from notifications.services.rendering import Mail, write_mail
from notifications.services.smtp import Answer, Outlet, Unreachable, Verdict
from notifications.states import HELD_BY, UNFINISHED, Hold, Status, check_move
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

log = structlog.get_logger(__name__)

BATCH = 100
RUN_SECONDS = 10.0
LEASE_SECONDS = 120
# Marks are written together, because a transaction costs as much as a mail; but soon, because a mail whose mark is
# missing goes out again if the worker is killed.
MARKED_TOGETHER = 10
MARKED_WITHIN = 0.2


def send_due_messages(*, seconds: float = RUN_SECONDS) -> int:
    """Tell of what has happened, and send what is due, in all tenants, in turn; how many mails the server took.

    Where much is due, another process is nudged to help. Goes on for a few seconds, so that a worker that is told to
    stop does so soon; what is left then is nudged again.
    """
    began, taken = monotonic(), 0
    with Outlet() as outlet:
        while True:
            told, due = fan_out_events(), due_messages(now(), BATCH)
            is_over = monotonic() - began > seconds
            if not (told or due):
                break
            if is_over or sum(map(len, due.values())) == BATCH:
                nudge()
            if is_over:
                break
            tenants = Tenant.objects.in_bulk(due)
            try:
                for tenant_id, ids in due.items():
                    taken += Batch(tenants[tenant_id], outlet).send(ids)
            except Unreachable as error:
                log.warning("mail.server_away", answer=str(error))
                break
    return taken


def lease_seconds() -> float:
    return float(getattr(settings, "MAIL_LEASE_SECONDS", LEASE_SECONDS))


@dataclass
class Batch:
    """Some messages of one tenant, claimed together, sent one after the other."""

    tenant: Tenant
    outlet: Outlet
    waiting: list[Message] = field(default_factory=list)
    partners: dict[UUID, str] = field(default_factory=dict)
    composed: tuple[Message, Mail] | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    marked: float = field(default_factory=monotonic)

    def send(self, ids: Sequence[UUID]) -> int:
        """Claim and send them; how many the server took. Raises Unreachable; then they are back in the queue.

        No mail is begun so late that the lease could end before the server's slowest answer.
        """
        end = monotonic() + max(lease_seconds() / 6, lease_seconds() - 5 * settings.EMAIL_TIMEOUT)
        self._claim(ids)
        taken = 0
        try:
            while monotonic() < end and (ready := self._next()):
                message, mail = ready
                try:
                    answer = self.outlet.send(mail.sender, mail.address, mail.content, self._meanwhile)
                except Unreachable as error:
                    self._put_off([message, *self._unsent()], str(error))
                    raise
                self.outcomes.append(outcome_of(message, answer, subject=mail.subject))
                taken += answer.verdict is Verdict.TAKEN
        finally:
            self._mark()
            self._release()
        return taken

    def _claim(self, ids: Sequence[UUID]) -> None:
        at = now()
        with tenant_scope(self.tenant):
            rows = list(
                Message.objects.filter(pk__in=ids, status__in=UNFINISHED, due_at__lte=at)
                .select_related("event", "recipient__user", "recipient__partner")
                .select_for_update(of=("self",), skip_locked=True)
                .order_by("due_at", "id")
            )
            held = _held_back(rows)
            for row in rows:
                if row.pk in held:
                    move(row, Status.SUPPRESSED, hold=held[row.pk])
                elif _is_worn(row):
                    move(row, Status.FAILED, last_answer="No worker lived to finish a try.")
                else:
                    self.waiting.append(row)
            Message.objects.filter(pk__in=[row.pk for row in self.waiting]).update(
                status=Status.SENDING, tries=F("tries") + 1, due_at=at + timedelta(seconds=lease_seconds()), hold=""
            )
            self.partners = partner_names(row.event.partner_id for row in self.waiting)
        for row in self.waiting:
            row.status, row.tries = Status.SENDING, row.tries + 1

    def _next(self) -> tuple[Message, Mail] | None:
        self._compose()
        ready, self.composed = self.composed, None
        return ready

    def _compose(self) -> None:
        """Write the next mail that can be written, ahead of its turn."""
        while self.composed is None and self.waiting:
            message = self.waiting.pop(0)
            partner_id = message.event.partner_id
            partner = self.partners.get(partner_id, "") if partner_id else ""
            try:
                self.composed = message, write_mail(message, self.tenant, partner_name=partner, at=now())
            except Over:
                self.outcomes.append(Outcome(message, Status.SUPPRESSED, {"hold": Hold.OVER}))
            except Exception as error:  # whatever is wrong with one mail, the others go out
                log.exception("mail.not_written", message_id=str(message.pk), kind=message.kind)
                words = f"The mail could not be written: {type(error).__name__} {error}"
                self.outcomes.append(Outcome(message, Status.FAILED, {"last_answer": words[:500]}))

    def _meanwhile(self) -> None:
        """While the server works on one mail: write down what it said of those before, and write the next."""
        if len(self.outcomes) >= MARKED_TOGETHER or monotonic() - self.marked > MARKED_WITHIN:
            try:
                self._mark()
            except (OperationalError, InterfaceError) as error:
                connection.close()
                log.warning("mail.mark_later", error=str(error))
        self._compose()

    def _mark(self) -> None:
        """Write down what is known. The commit is not waited for: lost in a crash, the same mail goes out again."""
        self.marked = monotonic()
        if self.outcomes:
            with tenant_scope(self.tenant):
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL synchronous_commit TO off")
                mark(self.outcomes)
            self.outcomes = []

    def _put_off(self, messages: Iterable[Message], words: str) -> None:
        """The server can't be reached: these wait for their next try."""
        answer = Answer(Verdict.LATER, words)
        self.outcomes += [outcome_of(message, answer, subject=message.subject) for message in messages]

    def _release(self) -> None:
        """Give back what time did not suffice for: it counts as not tried."""
        rows = list(self._unsent())
        if rows:
            check_move(Status.SENDING, Status.QUEUED)
            with tenant_scope(self.tenant):
                Message.objects.filter(pk__in=[row.pk for row in rows], status=Status.SENDING).update(
                    status=Status.QUEUED, tries=F("tries") - 1, due_at=now()
                )

    def _unsent(self) -> Iterator[Message]:
        if self.composed:
            yield self.composed[0]
        yield from self.waiting
        self.composed, self.waiting = None, []


def _is_worn(message: Message) -> bool:
    """Whether workers have died over it as often as a message is tried."""
    return message.status == Status.SENDING and next_try(message.tries, now()) is None


def _held_back(rows: Sequence[Message]) -> dict[UUID, Hold]:
    """What must not go out now, and why."""
    if not rows:
        return {}
    off, refused = unwanted_among(rows)
    undone = undone_events()
    held: dict[UUID, Hold] = {}
    for row in rows:
        member = row.recipient
        if str(row.event_id) in undone:
            held[row.pk] = Hold.OVER
        elif member and not may_get(member, row.event, purpose=row.purpose, circle=row.circle):
            held[row.pk] = Hold.NO_SEAT
        elif member and (member.pk, row.purpose) in off:
            held[row.pk] = Hold.UNWANTED
        elif (why := refused.get((row.partner_id, row.address))) and why.holds(row.purpose):
            held[row.pk] = HELD_BY[why.cause]
    return held
