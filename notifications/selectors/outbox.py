"""What the worker asks: what is due in all tenants, and who does not want it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from notifications.models import Message, Preference, Suppression
from notifications.selectors.telling import wait_of
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner


def untold_tenants(at: datetime, most: int) -> list[UUID]:
    """Tenants with events that have not been told, the longest waiting first. A door past the wall: ids only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_id FROM untold_tenants(%s, %s)", [at, most])
        return [tenant_id for (tenant_id,) in cursor.fetchall()]


def undone_among(events: Iterable[Event]) -> set[UUID]:
    """Ids of those events that have been undone, whether or not anybody has been told of that."""
    asked = {event.pk: event.subject_id for event in events if wait_of(event)}
    if not asked:
        return set()
    found = Event.objects.filter(subject_id__in=set(asked.values()), data__undoes__in=[str(key) for key in asked])
    return {UUID(key) for key in found.values_list("data__undoes", flat=True)}


@dataclass(frozen=True)
class QueueState:
    """How much of all tenants is untold, or mail unsent although it was due once (up to 10,000 each); the oldest's age.

    The age counts from the first try: with each further one the oldest gets older, not younger.
    """

    waiting: int
    age: timedelta


def due_messages(at: datetime, most: int) -> dict[UUID, list[UUID]]:
    """Messages that are due, by tenant: everybody's first before anybody's second.

    A door past the wall: it gives ids only, and whoever wants to touch the rows enters their tenant first.
    """
    due: dict[UUID, list[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_id, id FROM due_messages(%s, %s)", [at, most])
        for tenant_id, message_id in cursor.fetchall():
            due.setdefault(tenant_id, []).append(message_id)
    return due


def queue_state(at: datetime) -> QueueState:
    """The state of the whole installation's outbox, mail about sign-ins included."""
    with connection.cursor() as cursor:
        cursor.execute(QUEUE, [at])
        waiting, oldest = cursor.fetchone()
    return QueueState(waiting, at - oldest if oldest else timedelta(0))


QUEUE = """
    SELECT coalesce(sum(waiting), 0)::int, min(oldest) FROM (
        SELECT waiting, oldest FROM mail_queue(%s)
        UNION ALL
        SELECT waiting, oldest FROM untold_queue()
        UNION ALL
        SELECT count(*), min(created_at) FROM (SELECT created_at FROM accounts_letter LIMIT 10000) letter
    ) line
"""

Suppressions = dict[tuple[UUID | None, str], Suppression]


def unwanted_among(messages: Iterable[Message]) -> tuple[set[tuple[UUID, str]], Suppressions]:
    """What must not go out: (member, purpose) that was switched off; (partner, address) → why it gets nothing."""
    messages = list(messages)
    members = {message.recipient_id for message in messages if message.recipient_id}
    off = set(Preference.objects.filter(membership__in=members, wants=False).values_list("membership_id", "purpose"))
    refused = {
        (row.partner_id, row.address): row
        for row in Suppression.objects.filter(address__in={message.address for message in messages})
    }
    return off, refused


def suppression_of(message: Message) -> Suppression | None:
    """Why the message's address gets nothing more, if that is so."""
    return Suppression.objects.filter(partner=message.partner_id, address=message.address).first()


def message_called(message_id: str) -> tuple[UUID, UUID] | None:
    """The tenant and the id of the message with this Message-ID. A door past the wall: it gives ids only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_id, id FROM message_called(%s)", [message_id])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def partner_names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of partners by id."""
    wanted = {partner_id for partner_id in ids if partner_id}
    return dict(Partner.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
