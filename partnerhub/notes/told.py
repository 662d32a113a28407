"""How events about messages and files read, in a record's timeline and in the audit log."""

from django.utils.translation import gettext_lazy as _

from partnerhub.states import Told

NOTES_TOLD = (
    Told("note.shared", _("Message shared"), _("Message"), icon="mail"),
    Told("note.shared_edited", _("Message edited"), _("Message edited"), icon="mail", said=""),
    Told("note.shared_deleted", _("Message deleted"), _("Message deleted"), icon="trash", said="message_author"),
    Told("note.written", _("Note written"), _("Note"), icon="file", said=""),
    Told("note.edited", _("Note edited"), _("Note edited"), icon="file", said=""),
    Told("note.deleted", _("Note deleted"), _("Note deleted"), icon="trash", said="note_author"),
    Told("file.attached", _("File attached"), _("File attached"), icon="clip", said="name"),
    Told("file.deleted", _("File deleted"), _("File deleted"), icon="trash", said="name"),
)
