"""The verbs of mail."""

from notifications.services.letters import register_words
from notifications.services.nudging import nudge, take_nudge
from notifications.services.sending import send_due_messages
from notifications.services.writing import write_messages

__all__ = ["nudge", "register_words", "send_due_messages", "take_nudge", "write_messages"]
