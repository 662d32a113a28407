"""From an event to the outbox: one row for each person and purpose, in the event's own transaction."""

from django.db import transaction

from notifications.models import Message
from notifications.selectors import Recipient, recipients_of
from notifications.services.nudging import nudge
from partnerhub.events.models import Event
from partnerhub.tenancy.scope import current_tenant


def write_messages(event: Event) -> list[Message]:
    """Queue the mail of an event: two statements at most. Called again for the same event it adds nothing.

    The mail itself is written by the worker, from the event; so the person who acts waits for two statements only.
    """
    messages = [_message(recipient, event) for recipient in recipients_of(event, current_tenant())]
    if messages:
        Message.objects.bulk_create(messages, ignore_conflicts=True)
        transaction.on_commit(nudge, robust=True)
    return messages


def _message(recipient: Recipient, event: Event) -> Message:
    member = recipient.membership
    return Message(
        partner_id=member.partner_id if member else event.partner_id,
        event=event,
        recipient=member,
        kind=event.kind,
        purpose=recipient.purpose,
        circle=recipient.circle,
        address=recipient.address,
        name=recipient.name,
        language=recipient.language,
        timezone=recipient.timezone,
    )
