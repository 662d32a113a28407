"""From events to the outbox: a message for each person and purpose, a hook for each endpoint."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from notifications.models import Hook, Message
from notifications.selectors import Recipient, SeatsThen, recipients_of, telling_of
from notifications.selectors.webhooks import told_endpoints
from notifications.services.nudging import nudge_hooks
from notifications.states import Hold, Status, check_move
from partnerhub.events.models import Event, Untold
from partnerhub.tenancy.scope import current_tenant

UNDOES = "undoes"


def write_messages(events: Sequence[Event]) -> None:
    """Queue the mail of events of one tenant, given in their order. Called again for the same events it adds nothing.

    The mail itself is written when it is sent, from the event. An event that undoes another takes back what has not
    been sent of that one, and is told to whom it was too late for.
    """
    seats, messages = SeatsThen(events), list[Message]()
    for event in events:
        recipients: Iterable[Recipient] = recipients_of(event, current_tenant(), seats)
        if undone := event.data.get(UNDOES):
            Message.objects.insert_new(messages)
            messages, told = [], _take_back(undone)
            recipients = [one for one in recipients if one.membership and one.membership.pk in told]
        due_at = _due_at(event)
        messages += [_message(recipient, event, due_at) for recipient in recipients]
    Message.objects.insert_new(messages)


def write_hooks(events: Sequence[Event]) -> None:
    """Queue a delivery for each endpoint that is told of these events of one tenant; called again it adds nothing."""
    told = told_endpoints(events)
    Hook.objects.insert_new(
        Hook(partner_id=endpoint.partner_id, event=event, kind=event.kind, endpoint=endpoint)
        for event, endpoint in told
    )
    if told:
        transaction.on_commit(nudge_hooks, robust=True)


def _take_back(event_id: str) -> set[UUID | None]:
    """Hold back what waits of the event's mail; the members who were told of it all the same."""
    check_move(Status.QUEUED, Status.SUPPRESSED)
    Untold.objects.filter(pk=event_id).delete()
    mail = Message.objects.filter(event_id=event_id)
    mail.filter(status=Status.QUEUED).update(status=Status.SUPPRESSED, hold=Hold.OVER)
    return set(mail.exclude(status=Status.SUPPRESSED).values_list("recipient_id", flat=True))


def _due_at(event: Event) -> datetime:
    telling = telling_of(event)
    return event.occurred_at + telling.wait if telling and telling.wait else now()


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
