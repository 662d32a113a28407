"""The one place where a delivery changes its state."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.timezone import now

from notifications.models import Delivery, Message, Suppression
from notifications.services.answers import MailAnswer, MailVerdict
from notifications.states import Cause, Status, check_move

JITTER = 0.2
MARK_SENT = """
    UPDATE {table} delivery
    SET status = 'sent', version = delivery.version + 1, {changes}
    FROM unnest(%s::uuid[], %s::int[], {types}) AS taken (id, tries, {names})
    WHERE delivery.id = taken.id AND delivery.status = 'sending' AND delivery.tries = taken.tries
"""


@dataclass(frozen=True)
class Outcome:
    """What became of one try: the state that follows, the columns that are written with it, and what was said."""

    delivery: Delivery
    status: Status
    facts: dict[str, Any]
    answer: MailAnswer | None = None


def outcome_of(delivery: Delivery, answer: MailAnswer, *, delays: Sequence[float], **facts: Any) -> Outcome:
    """What the answer means for a delivery that was just tried; *later* is tried again, for days."""
    at = now()
    facts = {"last_answer": answer.text} | answer.facts | facts
    match answer.verdict:
        case MailVerdict.TAKEN:
            return Outcome(delivery, Status.SENT, facts | {"sent_at": at}, answer)
        case MailVerdict.LATER if due_at := next_try(delivery.tries, at, delays):
            return Outcome(delivery, Status.QUEUED, facts | {"due_at": max(due_at, _asked_for(answer, at))}, answer)
        case MailVerdict.LATER:
            return Outcome(delivery, Status.FAILED, facts, answer)
        case MailVerdict.NOT_ASKED:
            facts |= {"due_at": _asked_for(answer, at), "tries": delivery.tries - 1}
            return Outcome(delivery, Status.QUEUED, facts, answer)
    return Outcome(delivery, Status.BOUNCED, facts, answer)


def next_try(tries: int, at: datetime, delays: Sequence[float]) -> datetime | None:
    """When a delivery that was tried so often is due again; None: that was the last try."""
    if tries > len(delays):
        return None
    return at + timedelta(seconds=delays[tries - 1] * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311 - spreads load


def _asked_for(answer: MailAnswer, at: datetime) -> datetime:
    return at + timedelta(seconds=answer.wait)


def mark(outcomes: Iterable[Outcome]) -> None:
    """Write down what became of deliveries of one kind that were being sent; not of what another worker has now."""
    outcomes = list(outcomes)
    _mark_sent([outcome for outcome in outcomes if outcome.status == Status.SENT])
    for outcome in outcomes:
        if outcome.status != Status.SENT:
            move(outcome.delivery, outcome.status, **outcome.facts)


def move(delivery: Delivery, target: Status, **facts: Any) -> bool:
    """Move one delivery from the state it was read in; False if it has moved on or was tried again meanwhile."""
    check_move(delivery.status, target)
    rows = type(delivery)._default_manager  # noqa: SLF001 - Django's own name for it
    same = rows.filter(pk=delivery.pk, status=delivery.status, tries=delivery.tries)
    return bool(same.update(status=target, version=F("version") + 1, **facts))


def _mark_sent(taken: Sequence[Outcome]) -> None:
    """`move` for those that were taken, in one statement: this is what happens most."""
    if not taken:
        return
    check_move(Status.SENDING, Status.SENT)
    model, names = type(taken[0].delivery), sorted(taken[0].facts)
    columns: list[Any] = [
        [outcome.delivery.pk for outcome in taken],
        [outcome.delivery.tries for outcome in taken],
        *([outcome.facts[name] for outcome in taken] for name in names),
    ]
    types = [str(model._meta.get_field(name).db_type(connection)) for name in names]
    query = MARK_SENT.format(
        table=model._meta.db_table,
        changes=", ".join(f"{name} = taken.{name}" for name in names),
        types=", ".join(f"%s::{kind}[]" for kind in types),
        names=", ".join(names),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, columns)


def suppress(message: Message, cause: Cause, answer: str) -> None:
    """From now on the message's address gets nothing more (models.Suppression)."""
    row = Suppression(partner_id=message.partner_id, address=message.address, cause=cause, answer=answer)
    Suppression.objects.bulk_create([row], ignore_conflicts=True)
