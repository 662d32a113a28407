"""Pages of files, of messages and of notes."""

from partnerhub.notes.views.files import DeleteFileView, FileView, download, file_and_record
from partnerhub.notes.views.mentioning import MentionView, mention_url
from partnerhub.notes.views.written import (
    MESSAGES,
    NOTES,
    DeleteView,
    EditView,
    PreviewView,
    WrittenKind,
    WrittenView,
    written_and_record,
)

__all__ = [
    "MESSAGES",
    "NOTES",
    "DeleteFileView",
    "DeleteView",
    "EditView",
    "FileView",
    "MentionView",
    "PreviewView",
    "WrittenKind",
    "WrittenView",
    "download",
    "file_and_record",
    "mention_url",
    "written_and_record",
]
