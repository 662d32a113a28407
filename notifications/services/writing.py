"""From events to the outbox: a message for each person and purpose, a hook for each endpoint.

An event that undoes another takes back what nobody can have heard of that one, and is told to whom it was too late for.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from notifications.models import Delivery, Endpoint, Hook, Message
from notifications.selectors import Recipient, SeatsThen, recipients_of
from notifications.selectors.telling import wait_of
from notifications.selectors.webhooks import told_endpoints
from notifications.services.nudging import nudge_hooks
from notifications.states import Hold, Status, check_move
from partnerhub.events.models import Event, Untold
from partnerhub.tenancy.scope import current_tenant

UNDOES = "undoes"


def write_messages(events: Sequence[Event]) -> None:
    """Queue the mail of events of one tenant, given in their order. Called again for the same events it adds nothing.

    The mail itself is written when it is sent, from the event.
    """
    seats, messages = SeatsThen(events), list[Message]()
    for event in events:
        recipients: Iterable[Recipient] = recipients_of(event, current_tenant(), seats)
        if undone := event.data.get(UNDOES):
            Message.objects.insert_new(messages)
            messages, told = [], _take_back(Message, undone, "recipient_id")
            recipients = [one for one in recipients if one.membership and one.membership.pk in told]
        due_at = _due_at(event)
        messages += [_message(recipient, event, due_at) for recipient in recipients]
    Message.objects.insert_new(messages)


def write_hooks(events: Sequence[Event]) -> None:
    """Queue a delivery for each endpoint that is told of these events of one tenant; called again it adds nothing."""
    told, hooks = told_endpoints(events), list[Hook]()
    for event in events:
        endpoints = told.get(event.pk, [])
        if undone := event.data.get(UNDOES):
            Hook.objects.insert_new(hooks)
            hooks, heard = [], _take_back(Hook, undone, "endpoint_id")
            endpoints = [endpoint for endpoint in endpoints if endpoint.pk in heard]
        due_at = _due_at(event)
        hooks += [_hook(endpoint, event, due_at) for endpoint in endpoints]
    Hook.objects.insert_new(hooks)
    if told:
        transaction.on_commit(nudge_hooks, robust=True)


def _take_back(model: type[Delivery], event_id: str, receiver: str) -> set[UUID | None]:
    """Hold back what waits of the event; gives the receivers (ids) who may have heard of it all the same.

    A try that came to nothing counts: the receiver may have read what it did not confirm. Whoever has not been found
    yet is not looked for any more, neither for mail nor for hooks.
    """
    check_move(Status.QUEUED, Status.SUPPRESSED)
    Untold.objects.filter(pk=event_id).delete()
    rows = model._default_manager.filter(event_id=event_id)  # noqa: SLF001 - Django's own name for it
    rows.filter(status=Status.QUEUED).update(status=Status.SUPPRESSED, hold=Hold.OVER)
    heard = rows.filter(~Q(status=Status.SUPPRESSED) | Q(tries__gt=0))
    return set(heard.values_list(receiver, flat=True))


def _due_at(event: Event) -> datetime:
    wait = wait_of(event)
    return event.occurred_at + wait if wait else now()


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


def _hook(endpoint: Endpoint, event: Event, due_at: datetime) -> Hook:
    return Hook(partner_id=endpoint.partner_id, event=event, kind=event.kind, endpoint=endpoint, due_at=due_at)
