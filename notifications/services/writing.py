"""From an event to the outbox: one row for each person and purpose, in the event's own transaction."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from notifications.models import Message
from notifications.selectors import Recipient, recipients_of, telling_of
from notifications.services.nudging import nudge
from notifications.states import Hold, Status, check_move
from partnerhub.events.models import Event
from partnerhub.tenancy.scope import current_tenant

UNDOES = "undoes"


def write_messages(event: Event) -> list[Message]:
    """Queue the mail of an event: two statements at most. Called again for the same event it adds nothing.

    The mail itself is written by the worker, from the event; so the person who acts waits for two statements only.
    An event that undoes another takes back what has not been sent of that one, and is told to whom it was too late for.
    """
    recipients = recipients_of(event, current_tenant())
    if undone := event.data.get(UNDOES):
        told = _take_back(undone)
        recipients = [one for one in recipients if one.membership and one.membership.pk in told]
    telling = telling_of(event)
    due_at = now() + (telling.wait if telling else timedelta(0))
    messages = [_message(recipient, event, due_at) for recipient in recipients]
    if messages:
        Message.objects.insert_new(messages)
        transaction.on_commit(nudge, robust=True)
    return messages


def _take_back(event_id: str) -> set[UUID | None]:
    """Hold back what waits of the event's mail; the members who were told of it all the same."""
    check_move(Status.QUEUED, Status.SUPPRESSED)
    mail = Message.objects.filter(event_id=event_id)
    mail.filter(status=Status.QUEUED).update(status=Status.SUPPRESSED, hold=Hold.OVER)
    return set(mail.exclude(status=Status.SUPPRESSED).values_list("recipient_id", flat=True))


def _message(recipient: Recipient, event: Event, due_at: datetime) -> Message:
    member = recipient.membership
    return Message(
        partner_id=member.partner_id if member else event.partner_id,
        event=event,
        recipient=member,
        kind=event.kind,
        purpose=recipient.purpose,
        circle=recipient.circle.key,
        address=recipient.address,
        name=recipient.name,
        language=recipient.language,
        timezone=recipient.timezone,
        due_at=due_at,
    )
