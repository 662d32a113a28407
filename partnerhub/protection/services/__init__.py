"""Verbs on the protection of leads (E5, E32)."""

from partnerhub.protection.services.clock import close, note_activity, protect, sweep_protections
from partnerhub.protection.services.earning import (
    ask_contact,
    ask_extension,
    confirm_contact,
    grant_extension,
    record_meeting,
    refuse_extension,
)
from partnerhub.protection.services.records import PROTECTIONS
from partnerhub.protection.services.rules import change_rules

__all__ = [
    "PROTECTIONS",
    "ask_contact",
    "ask_extension",
    "change_rules",
    "close",
    "confirm_contact",
    "grant_extension",
    "note_activity",
    "protect",
    "record_meeting",
    "refuse_extension",
    "sweep_protections",
]
