"""The verbs of mail."""

from notifications.services.letters import register_words
from notifications.services.nudging import nudge
from notifications.services.writing import write_messages

__all__ = ["nudge", "register_words", "write_messages"]
