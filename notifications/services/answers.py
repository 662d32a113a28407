"""What a receiver said of one delivery, sorted: a mail server, or an endpoint."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class MailVerdict(Enum):
    """What an answer means for a delivery."""

    TAKEN = "taken"
    LATER = "later"  # the receiver asks to try again, or broke off
    REFUSED = "refused"  # for good
    NO_SUCH_ADDRESS = "no such address"  # for good, and for everything to the address
    NOT_ASKED = "not asked"  # we can't write it now: the receiver has heard nothing, and the try does not count


@dataclass(frozen=True)
class MailAnswer:
    """What the receiver said about one delivery.

    `lost`: the connection is gone with it. `wait`: the seconds that it asks for. `facts`: columns to write with it.
    """

    verdict: MailVerdict
    text: str
    lost: bool = False
    wait: float = 0
    facts: dict[str, Any] = field(default_factory=dict)


class NotNow(Exception):
    """A delivery can't be written now, for a reason that an operator mends: it waits and its try does not count."""


class Unreachable(Exception):
    """The server can't be reached or doesn't let us in: nothing can be sent now."""
