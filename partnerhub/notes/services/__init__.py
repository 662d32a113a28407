"""Verbs: say something about a record, attach files to it, delete a file; keep a note that the own side alone reads."""

from partnerhub.notes.services.messages import delete_message, edit_message
from partnerhub.notes.services.private import delete_note, edit_note, write_note
from partnerhub.notes.services.sharing import (
    attach_files,
    check_repetition,
    delete_attachment,
    drop_kept_files,
    keep_files,
    post_message,
    scan_again,
    share_kept_files,
)
from partnerhub.notes.services.words import LONGEST_MESSAGE

__all__ = [
    "LONGEST_MESSAGE",
    "attach_files",
    "check_repetition",
    "delete_attachment",
    "delete_message",
    "delete_note",
    "drop_kept_files",
    "edit_message",
    "edit_note",
    "keep_files",
    "post_message",
    "scan_again",
    "share_kept_files",
    "write_note",
]
