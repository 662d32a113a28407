"""The delivery log: what a member may see of it."""

from uuid import UUID

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.fields import BooleanField

from notifications.models import Message
from notifications.selectors.circles import reason_text
from notifications.states import PURPOSES, Hold
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.roles import VENDOR
from partnerhub.web.folding import visible


class _BeginsWith(Func):
    """text ^@ beginning: the one pattern that uses an index behind row-level security."""

    template = "%(expressions)s"
    arg_joiner = " ^@ "
    output_field = BooleanField()
    conditional = True


def mail_for(membership: Membership) -> QuerySet[Message]:
    """The messages that this member's side may see: all on the vendor side, else those to the own partner's people."""
    rows = Message.objects.all()
    return rows if membership.side == VENDOR else rows.filter(partner=membership.partner_id)


def sent_to(rows: QuerySet[Message], beginning: str) -> QuerySet[Message]:
    """Those whose address begins like this."""
    text = Value(visible(beginning, address=True).strip().lower(), output_field=TextField())
    return rows.filter(_BeginsWith(F("address"), text))


def message_subject(message: Message) -> str:
    """The subject of the mail; its purpose as long as it is not written."""
    return message.subject or str(PURPOSES[message.purpose].label)


def answer_to(message: Message) -> str:
    """What the mail server said last; of a mail that was held back, why."""
    return str(Hold(message.hold).label) if message.hold else message.last_answer


def message_for(membership: Membership, message_id: UUID) -> Message:
    """One message. Raises Message.DoesNotExist alike for a foreign id and for none."""
    return mail_for(membership).select_related("recipient__user", "partner").get(pk=message_id)


def event_of(message: Message) -> Event | None:
    """What the message is about; None where the event was for the other side's eyes only."""
    return Event.objects.filter(pk=message.event_id).first()


def why(message: Message, tenant_name: str) -> str:
    """Why the person got it, in the reader's language (B6)."""
    organisation = message.partner.name if message.partner else tenant_name
    return reason_text(message.circle, {"tenant": tenant_name, "partner": organisation, "organisation": organisation})
