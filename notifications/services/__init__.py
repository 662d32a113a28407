"""The verbs of mail and webhooks."""

from notifications.selectors.story import register_words
from notifications.services.endpoints import (
    add_endpoint,
    change_endpoint,
    remove_endpoint,
    renew_secret,
    try_endpoint,
)
from notifications.services.fanning import fan_out_events, register_before_telling
from notifications.services.hearing import Heard, HookTold, hear
from notifications.services.nudging import nudge, take_nudge
from notifications.services.preferences import (
    choose_address,
    choose_purposes,
    confirm_address,
    save_communication,
)
from notifications.services.registering import register_letters
from notifications.services.replies import register_replies
from notifications.services.resending import lift_suppression, reasons_to_resend, resend_message, resend_messages
from notifications.services.sending import send_due_messages
from notifications.services.signatures import is_signed, signature
from notifications.services.webhooks import send_due_hooks
from notifications.services.writing import write_messages

__all__ = [
    "Heard",
    "HookTold",
    "add_endpoint",
    "change_endpoint",
    "choose_address",
    "choose_purposes",
    "confirm_address",
    "fan_out_events",
    "hear",
    "is_signed",
    "lift_suppression",
    "nudge",
    "reasons_to_resend",
    "register_before_telling",
    "register_letters",
    "register_replies",
    "register_words",
    "remove_endpoint",
    "renew_secret",
    "resend_message",
    "resend_messages",
    "save_communication",
    "send_due_hooks",
    "send_due_messages",
    "signature",
    "take_nudge",
    "try_endpoint",
    "write_messages",
]
