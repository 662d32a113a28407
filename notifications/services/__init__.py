"""The verbs of mail."""

from notifications.selectors.story import register_words
from notifications.services.fanning import fan_out_events
from notifications.services.hearing import Result, Told, hear
from notifications.services.nudging import nudge, take_nudge
from notifications.services.preferences import (
    choose_address,
    choose_purposes,
    confirm_address,
    save_communication,
)
from notifications.services.registering import register_letters
from notifications.services.resending import lift_suppression, reasons_to_resend, resend_message
from notifications.services.sending import send_due_messages
from notifications.services.signatures import is_signed, signature
from notifications.services.writing import write_messages

__all__ = [
    "Result",
    "Told",
    "choose_address",
    "choose_purposes",
    "confirm_address",
    "fan_out_events",
    "hear",
    "is_signed",
    "lift_suppression",
    "nudge",
    "reasons_to_resend",
    "register_letters",
    "register_words",
    "resend_message",
    "save_communication",
    "send_due_messages",
    "signature",
    "take_nudge",
    "write_messages",
]
