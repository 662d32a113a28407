"""The states of a message (spec: states.md, Message)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


NEXT: dict[Status, frozenset[Status]] = {
    Status.QUEUED: frozenset({Status.SENDING, Status.SUPPRESSED}),
    # Back to the queue: the server asked to try again, could not be reached, or the worker died.
    Status.SENDING: frozenset({Status.SENT, Status.QUEUED, Status.BOUNCED, Status.SUPPRESSED, Status.FAILED}),
    # Back to the queue from here: an administrator sends it again.
    Status.SENT: frozenset({Status.DELIVERED, Status.BOUNCED, Status.COMPLAINED, Status.QUEUED}),
    Status.DELIVERED: frozenset({Status.COMPLAINED, Status.QUEUED}),
    Status.BOUNCED: frozenset({Status.QUEUED}),
    Status.SUPPRESSED: frozenset({Status.QUEUED}),
    Status.FAILED: frozenset({Status.QUEUED}),
    Status.COMPLAINED: frozenset(),
}
"""The table of steps: from a state to those that may follow it."""

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


def check_move(source: str, target: str) -> None:
    """Raise ValueError for a move that is not in the table: a fault of ours, never a person's."""
    if Status(target) not in NEXT[Status(source)]:
        raise ValueError(f"A message does not go from {source} to {target}.")
