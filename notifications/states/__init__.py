"""The words of mail: the states of a message, and which event is told to whom for which purpose."""

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
    NOTHING,
    PURPOSES,
    REASONS,
    RULES,
    WAITS,
    Circle,
    Purpose,
    Rule,
    purposes_for,
    reason_text,
    rules_for,
)

__all__ = [
    "HELD_BY",
    "NEXT",
    "NOTHING",
    "PURPOSES",
    "REASONS",
    "RULES",
    "TONES",
    "TROUBLE",
    "UNFINISHED",
    "WAITS",
    "Cause",
    "Circle",
    "Hold",
    "Purpose",
    "Rule",
    "Status",
    "check_move",
    "purposes_for",
    "reason_text",
    "rules_for",
]
