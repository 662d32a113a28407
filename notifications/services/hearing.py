"""What the mail provider tells of a mail after it was sent: delivered, come back, complained about (states.md)."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from notifications.models import Message
from notifications.selectors import message_called
from notifications.services.marking import move, suppress
from notifications.states import NEXT_OF_MESSAGE, Cause, Status
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

CAUSES = {Status.BOUNCED: Cause.BOUNCED, Status.COMPLAINED: Cause.COMPLAINED}


@dataclass(frozen=True)
class HookTold:
    """One thing that the provider tells. `message_id` without angle brackets; `event` is the state that follows."""

    message_id: str
    event: Status
    at: datetime
    detail: str = ""


class Heard(Enum):
    """What became of a report about a message."""

    MOVED = "moved"
    UNCHANGED = "unchanged"  # it has been told before, or something later is known already
    UNKNOWN = "unknown"  # not a message of ours, or one that was sent again since
    TOO_EARLY = "too early"  # the worker is still writing down that it was sent


def hear(told: HookTold) -> Heard:
    """Move the message, whichever tenant's it is. Told again it changes nothing.

    An address from which mail comes back or is complained about gets no more of what a person may switch off.
    """
    found = message_called(told.message_id)
    if found is None:
        return Heard.UNKNOWN
    tenant_id, message_id = found
    with tenant_scope(Tenant.objects.get(pk=tenant_id)):
        message = Message.objects.get(pk=message_id)
        if message.status == Status.SENDING:
            return Heard.TOO_EARLY
        if told.event not in NEXT_OF_MESSAGE[Status(message.status)]:
            return Heard.UNCHANGED
        facts = {"heard_at": told.at} | ({"last_answer": told.detail} if told.detail else {})
        if not move(message, told.event, **facts):
            return Heard.TOO_EARLY
        if cause := CAUSES.get(told.event):
            suppress(message, cause, told.detail)
    return Heard.MOVED
