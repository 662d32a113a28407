"""The states of a message, and the purposes of mail that a person can switch on and off."""

from notifications.states.messages import (
    HELD_BY,
    NEXT_OF_MESSAGE,
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
    Purpose,
    PurposeGroup,
    purposes_for,
)
from notifications.states.webhooks import Off

__all__ = [
    "BOTH_SIDES",
    "HELD_BY",
    "NEXT_OF_MESSAGE",
    "PURPOSES",
    "TONES",
    "TROUBLE",
    "UNFINISHED",
    "Cause",
    "Hold",
    "Off",
    "Purpose",
    "PurposeGroup",
    "Status",
    "check_move",
    "purposes_for",
]
