"""The words of mail: the states of a message, and the purposes that a person switches on and off."""

from notifications.states.messages import (
    HELD_BY,
    NEXT,
    TONES,
    TROUBLE,
    UNFINISHED,
    Cause,
    Hold,
    Status,
    check_move,
)
from notifications.states.purposes import (
    BOTH_SIDES,
    PURPOSES,
    Group,
    Purpose,
    purposes_for,
)
from notifications.states.webhooks import Off

__all__ = [
    "BOTH_SIDES",
    "HELD_BY",
    "NEXT",
    "PURPOSES",
    "TONES",
    "TROUBLE",
    "UNFINISHED",
    "Cause",
    "Group",
    "Hold",
    "Off",
    "Purpose",
    "Status",
    "check_move",
    "purposes_for",
]
