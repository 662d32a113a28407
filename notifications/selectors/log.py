"""The delivery log: what a member may see of it."""

from typing import Any
from uuid import UUID

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.fields import BooleanField

from notifications.models import Message
from notifications.states import reason_text
from partnerhub.events.models import Event
from partnerhub.roles import VENDOR


class _BeginsWith(Func):
    """text ^@ beginning: the one pattern that uses an index behind row-level security."""

    template = "%(expressions)s"
    arg_joiner = " ^@ "
    output_field = BooleanField()
    conditional = True


def messages_for(membership: Any, *, status: str = "", address: str = "") -> QuerySet[Message]:
    """The messages that this member's side may see: all on the vendor side, else those to the own partner's people.

    `address` narrows by the beginning of the address.
    """
    rows = Message.objects.all()
    if membership.side != VENDOR:
        rows = rows.filter(partner_id=membership.partner_id)
    if status:
        rows = rows.filter(status=status)
    if address:
        beginning = Value(address.strip().lower(), output_field=TextField())
        rows = rows.filter(_BeginsWith(F("address"), beginning))
    return rows


def message_for(membership: Any, message_id: UUID) -> Message:
    """One message. Raises Message.DoesNotExist alike for a foreign id and for none."""
    return messages_for(membership).select_related("recipient__user", "partner").get(pk=message_id)


def event_of(message: Message) -> Event | None:
    """What the message is about; None where the event was for the other side's eyes only."""
    return Event.objects.filter(pk=message.event_id).first()


def why(message: Message, tenant_name: str) -> str:
    """Why the person got it, in the reader's language (B6)."""
    organisation = message.partner.name if message.partner else tenant_name
    return reason_text(message.circle, {"tenant": tenant_name, "partner": organisation, "organisation": organisation})
