"""Registers the words of events about messages, notes and files."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events, register_told
from partnerhub.notes.told import NOTES_TOLD

GROUPS = {"note": _("Messages and notes"), "file": _("Files")}


def register() -> None:
    """Called once when the app is ready."""
    register_events({}, groups=GROUPS)
    register_told(NOTES_TOLD)
