"""Sending a message again: a new try, recorded (states.md: back to the queue). Letting an address get mail again."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from notifications.models import Message, Suppression, new_message_id
from notifications.selectors import event_of, may_get, message_for, suppression_of, unwanted_among
from notifications.services.marking import move
from notifications.services.nudging import nudge
from notifications.states import NEXT_OF_MESSAGE, UNFINISHED, Status
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import record
from partnerhub.roles import DELIVERY_RESEND
from partnerhub.web.lists.bulk import Chosen, each
from partnerhub.web.seen import check_seen


def reasons_to_resend(message: Message, by: Membership) -> list[Reason]:
    """Every condition of sending it again, met or missing (E10)."""
    return [
        Reason.of(
            "permission",
            by.can(DELIVERY_RESEND),
            met=_("Your role lets you send mail again."),
            missing=_("Your role does not let you send mail again."),
            who=_("An Account admin or a Programme admin can do it."),
        ),
        Reason.of(
            "status",
            message.status not in UNFINISHED and Status.QUEUED in NEXT_OF_MESSAGE[Status(message.status)],
            met=_("The message is neither waiting nor complained about."),
            missing=_("The message still waits to be sent.")
            if message.status in UNFINISHED
            else _("The person complained about the message."),
        ),
        Reason.of(
            "seat",
            _may_still_get(message),
            met=_("The person still has the role that this mail is for."),
            missing=_("The person does not have the role any more that this mail is for."),
            who=_("Users and roles shows who has which role."),
        ),
        Reason.of(
            "wanted",
            not unwanted_among([message])[0],
            met=_("The person wants this kind of mail."),
            missing=_("The person has switched this kind of mail off."),
            who=_("Only they can switch it on, on their Communication page."),
        ),
    ]


@transaction.atomic
def resend_message(message: Message, *, by: Membership, seen: int | None = None) -> Message:
    """Put a message back into the queue, as a mail of its own; a refusal of its address is forgotten.

    Raises NotPermitted, Stale where the message has moved on since the version `seen` (None: any), and Refused with
    every missing condition. Of two at once, one sends.
    """
    if not by.can(DELIVERY_RESEND):
        raise NotPermitted(DELIVERY_RESEND)
    _hold_seen(message, seen)
    missing = [reason for reason in reasons_to_resend(message, by) if not reason.ok]
    if missing:
        raise Refused(missing)
    before = {"status": message.status, "tries": message.tries, "answer": message.last_answer}
    Suppression.objects.filter(partner=message.partner_id, address=message.address).delete()
    move(message, Status.QUEUED, **_afresh())
    message.refresh_from_db()
    record(
        "message.resent",
        message,
        actor=by,
        before=before,
        after={"status": message.status},
        data={"address": message.address, "purpose": message.purpose, "url": f"/delivery-log/{message.pk}/"},
    )
    transaction.on_commit(nudge, robust=True)
    return message


@transaction.atomic
def resend_messages(chosen: Chosen, *, by: Membership, together: UUID | None = None) -> dict[UUID, Any]:
    """The same for several messages, with a result for each: one that is refused stops no other."""
    return each(chosen, lambda key, seen: resend_message(message_for(by, key), by=by, seen=seen))


@transaction.atomic
def lift_suppression(message: Message, *, by: Membership, seen: int | None = None) -> None:
    """Let the address of a message get mail again. What was held back meanwhile stays so; it can be sent again.

    Raises NotPermitted, Stale where the message has moved on since the version `seen` (None: any), and Refused where
    the address gets its mail already.
    """
    if not by.can(DELIVERY_RESEND):
        raise NotPermitted(DELIVERY_RESEND)
    _hold_seen(message, seen)
    held = suppression_of(message)
    if held is None or not Suppression.objects.filter(pk=held.pk).delete()[0]:
        raise Refused(Reason("not-held", _("This address gets its mail already.")))
    record(
        "message.address_released",
        message,
        actor=by,
        before={"cause": held.cause, "answer": held.answer},
        data={"address": message.address, "url": f"/delivery-log/{message.pk}/"},
    )


def _hold_seen(message: Message, seen: int | None) -> None:
    """Lock the message as it is now. Raises Stale where it has moved on since that version."""
    held = Message.objects.select_for_update(no_key=True)
    message.refresh_from_db(fields=["status", "tries", "version"], from_queryset=held)
    check_seen(message, seen, {})


def _afresh() -> dict[str, Any]:
    return {
        "message_id": new_message_id(),
        "tries": 0,
        "due_at": now(),
        "hold": "",
        "last_answer": "",
        "sent_at": None,
        "heard_at": None,
    }


def _may_still_get(message: Message) -> bool:
    member, event = message.recipient, event_of(message)
    if member is None or event is None:
        return True  # an address without a seat, or an event that only the other side reads: the worker asks again
    return may_get(member, event, purpose=message.purpose, circle=message.circle)
