"""The one place where a message changes its state."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.timezone import now

from notifications.models import Message, Suppression
from notifications.services.smtp import Answer, Verdict
from notifications.states import Cause, Status, check_move

MINUTE, HOUR = 60, 3600
DELAYS = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR)
JITTER = 0.2
MARK_SENT = """
    UPDATE notifications_message m
    SET status = 'sent', subject = taken.subject, last_answer = taken.answer, sent_at = taken.at
    FROM unnest(%s::uuid[], %s::int[], %s::text[], %s::text[], %s::timestamptz[])
        AS taken (id, tries, subject, answer, at)
    WHERE m.id = taken.id AND m.status = 'sending' AND m.tries = taken.tries
"""


@dataclass(frozen=True)
class Outcome:
    """What became of one try: the state that follows, and the columns that are written with it."""

    message: Message
    status: Status
    facts: dict[str, Any]
    suppress: bool = False


def outcome_of(message: Message, answer: Answer, *, subject: str) -> Outcome:
    """What the server's answer means for a message that was just tried; *later* is tried again, for days."""
    at = now()
    facts: dict[str, Any] = {"last_answer": answer.text, "subject": subject}
    match answer.verdict:
        case Verdict.TAKEN:
            return Outcome(message, Status.SENT, facts | {"sent_at": at})
        case Verdict.LATER if due_at := next_try(message.tries, at):
            return Outcome(message, Status.QUEUED, facts | {"due_at": due_at})
        case Verdict.LATER:
            return Outcome(message, Status.FAILED, facts)
    return Outcome(message, Status.BOUNCED, facts, suppress=answer.verdict is Verdict.NO_SUCH_ADDRESS)


def next_try(tries: int, at: datetime) -> datetime | None:
    """When a message that was tried so often is due again; None: that was the last try."""
    delays = getattr(settings, "MAIL_RETRY_DELAYS", DELAYS)
    if tries > len(delays):
        return None
    return at + timedelta(seconds=delays[tries - 1] * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311 - spreads load


def mark(outcomes: Iterable[Outcome]) -> None:
    """Write down what became of messages that were being sent. Leaves alone what another worker has taken over."""
    outcomes = list(outcomes)
    _mark_sent([outcome for outcome in outcomes if outcome.status == Status.SENT])
    for outcome in outcomes:
        if outcome.status != Status.SENT:
            move(outcome.message, outcome.status, **outcome.facts)
        if outcome.suppress:
            suppress(outcome.message, Cause.REFUSED, outcome.facts["last_answer"])


def move(message: Message, target: Status, **facts: Any) -> bool:
    """Move one message from the state it was read in; False if it has moved on or was tried again meanwhile."""
    check_move(message.status, target)
    same = Message.objects.filter(pk=message.pk, status=message.status, tries=message.tries)
    return bool(same.update(status=target, **facts))


def _mark_sent(taken: Sequence[Outcome]) -> None:
    """`move` for those that the server took, in one statement: this is what happens most."""
    if not taken:
        return
    check_move(Status.SENDING, Status.SENT)
    columns: list[Any] = [
        [outcome.message.pk for outcome in taken],
        [outcome.message.tries for outcome in taken],
        *([outcome.facts[name] for outcome in taken] for name in ("subject", "last_answer", "sent_at")),
    ]
    with connection.cursor() as cursor:
        cursor.execute(MARK_SENT, columns)


def suppress(message: Message, cause: Cause, answer: str) -> None:
    """From now on the message's address gets nothing more (models.Suppression)."""
    row = Suppression(partner_id=message.partner_id, address=message.address, cause=cause, answer=answer)
    Suppression.objects.bulk_create([row], ignore_conflicts=True)
