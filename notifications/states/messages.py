"""The states of a message (spec: states.md, Message)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partnerhub.roles import DELIVERY_RESEND
from partnerhub.states import EITHER_SIDE, SYSTEM_SIDE, Machine, Step, Told


class Status(TextChoices):
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    BOUNCED = "bounced", _("Bounced")
    COMPLAINED = "complained", _("Complained about")
    SUPPRESSED = "suppressed", _("Not sent")
    FAILED = "failed", _("Failed")


class Cause(TextChoices):
    """Why an address gets nothing more."""

    REFUSED = "refused", _("Its mail server has said that there is no such address.")
    BOUNCED = "bounced", _("Mail to it has come back.")
    COMPLAINED = "complained", _("Somebody who reads it has reported our mail as unwanted.")


class Hold(TextChoices):
    """Why a message was not sent at all."""

    UNWANTED = "unwanted", _("The person has switched this kind of mail off.")
    NO_SEAT = "no-seat", _("The person has left, or no longer has the role that this mail is for.")
    REFUSED_ADDRESS = "refused-address", _("The mail server of this address has refused it for good before.")
    BOUNCED_ADDRESS = "bounced-address", _("Mail to this address has come back before.")
    COMPLAINED = "complained", _("Somebody who reads this address has reported our mail as unwanted.")
    OVER = "over", _("What the mail was about is over.")
    ENDPOINT_OFF = "endpoint-off", _("The endpoint is switched off.")


HELD_BY: dict[str, Hold] = {
    Cause.REFUSED: Hold.REFUSED_ADDRESS,
    Cause.BOUNCED: Hold.BOUNCED_ADDRESS,
    Cause.COMPLAINED: Hold.COMPLAINED,
}
"""What is said of a message that is not sent because of its address."""

UNFINISHED = (Status.QUEUED, Status.SENDING)
TROUBLE = (Status.BOUNCED, Status.COMPLAINED, Status.SUPPRESSED, Status.FAILED)

TONES = {
    Status.QUEUED: ("mute", "clock"),
    Status.SENDING: ("info", "send"),
    Status.SENT: ("good", "send"),
    Status.DELIVERED: ("good", "checkc"),
    Status.BOUNCED: ("bad", "xc"),
    Status.COMPLAINED: ("bad", "flag"),
    Status.SUPPRESSED: ("mute", "minus"),
    Status.FAILED: ("bad", "alert"),
}
"""Tone and icon of a state; the word stands beside them always."""


def _step(name: str, sources: tuple[Status, ...], target: Status) -> Step:
    """A step of the worker, or of the mail server's report: nobody is offered it, so it needs no words."""
    return Step(name, name, sources, target, "", SYSTEM_SIDE)


MESSAGE = Machine(
    "message",
    (
        _step("claim", (Status.QUEUED,), Status.SENDING),
        _step("hold", (Status.QUEUED, Status.SENDING), Status.SUPPRESSED),
        _step("hand_over", (Status.SENDING,), Status.SENT),
        # The server asked to try again, could not be reached, or the worker died.
        _step("put_off", (Status.SENDING,), Status.QUEUED),
        _step("give_up", (Status.SENDING,), Status.FAILED),
        _step("bounce", (Status.SENDING, Status.SENT), Status.BOUNCED),
        _step("deliver", (Status.SENT,), Status.DELIVERED),
        _step("complain", (Status.SENT, Status.DELIVERED), Status.COMPLAINED),
        Step(
            "resend",
            _("Send again"),
            (Status.SENT, Status.DELIVERED, Status.BOUNCED, Status.SUPPRESSED, Status.FAILED),
            Status.QUEUED,
            DELIVERY_RESEND,
            EITHER_SIDE,
            told=Told("message.resent", _("Message sent again"), _("Sent again"), *TONES[Status.QUEUED]),
        ),
    ),
    states=Status,
)
"""The steps of a message (spec: states.md, Message). `resend` is an administrator's."""

NEXT_OF_MESSAGE: dict[Status, frozenset[Status]] = {
    status: frozenset(Status(target) for target in MESSAGE.targets(status)) for status in Status
}
"""From a state to those that may follow it."""


def check_move(source: str, target: str) -> None:
    """Raise ValueError for a move that is not in the table: a fault of ours, never a person's."""
    if Status(target) not in NEXT_OF_MESSAGE[Status(source)]:
        raise ValueError(f"A message does not go from {source} to {target}.")
