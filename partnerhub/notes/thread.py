"""What is written on a record as its page shows it (templates/notes/thread.html and notes.html)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.accounts.reasons import with_names
from partnerhub.errors import Reason
from partnerhub.notes.forms import MessageForm, NoteForm
from partnerhub.notes.mentions import marks_of
from partnerhub.notes.models import Attachment, FileState, Note, SharedMessage
from partnerhub.notes.rendering import rendered_each
from partnerhub.notes.selectors import can_delete, can_delete_message, can_delete_note, can_edit, written_on
from partnerhub.notes.subjects import reasons_to_comment, reasons_to_note, type_of
from partnerhub.notes.uploads import ACCEPTED_EXTENSIONS
from partnerhub.notes.views import mention_url
from partnerhub.notes.views.files import PICTURE
from partnerhub.roles import VENDOR
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import current_tenant

ACCEPT = ",".join(f".{extension}" for extension in ACCEPTED_EXTENSIONS)


@dataclass(frozen=True)
class AnswerTick:
    """Something that the writer can say of a message, beside the composer's button."""

    name: str
    value: str
    label: str
    help: str


@dataclass(frozen=True)
class Notebook:
    """That a page shows the notes of the own side: where the form posts to, and one that was refused, if any."""

    action: str
    form: NoteForm | None = None


def thread_of(
    record: Model,
    membership: Membership,
    *,
    action: str,
    form: MessageForm | None = None,
    tick: AnswerTick | None = None,
    notebook: Notebook | None = None,
) -> dict[str, Any]:
    """What templates/notes/thread.html needs: the messages, and either a composer or the reasons why there is none.

    With them come the `attachments` of the record itself, as templates/components/files.html takes them, and with a
    `notebook` the `notes` of the own side, for templates/notes/notes.html.
    `action` is where the composer posts to; `form` the form that was refused, if any. One statement, plus what
    the record's own condition of writing asks, and one to name who can help where that is missing.
    """
    noting = reasons_to_note(record, membership) if notebook else []
    reasons, noting = with_names([reasons_to_comment(record, membership), noting], membership)
    found = written_on(type_of(record), record.pk, membership)
    return {
        "messages_shown": [
            _entry(message, html, membership)
            for message, html in zip(found.messages, _html(found.messages), strict=True)
        ],
        "attachments": files_shown(found.files, membership),
        "notes": _notes(record, found.notes, noting, membership, notebook) if notebook else None,
        "people_url": mention_url(record, is_private=False),
        "may_write": all(reason.ok for reason in reasons),
        "reasons": reasons,
        "form": form,
        "tick": tick,
        "once": new_id(),
        "action": action,
        "max_bytes": settings.ATTACHMENT_MAX_BYTES,
        "max_files": settings.ATTACHMENT_MAX_COUNT,
        "accept": ACCEPT,
    }


def files_shown(files: Iterable[Attachment], membership: Membership) -> list[dict[str, Any]]:
    """Files as templates/components/files.html takes them: a link, or the word why there is none."""
    return [_file(file, membership) for file in files]


def _notes(
    record: Model, notes: Sequence[Note], reasons: list[Reason], membership: Membership, notebook: Notebook
) -> dict[str, Any]:
    return {
        "shown": [_note(note, html, membership) for note, html in zip(notes, _html(notes), strict=True)],
        "people_url": mention_url(record, is_private=True),
        "organisation": _organisation(membership),
        "may_write": all(reason.ok for reason in reasons),
        "reasons": reasons,
        "form": notebook.form,
        "once": new_id(),
        "action": notebook.action,
    }


def _html(written: Sequence[Note | SharedMessage]) -> list[SafeString]:
    """The words of each as they are read."""
    return rendered_each([one.body for one in written], marks_of(written))


def _note(note: Note, html: SafeString, membership: Membership) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "name": note.who,
        "author": note.author.name,
        "is_here": note.author.is_here,
        "body": note.body,
        "html": html,
        "at": note.created_at,
        "edited_at": note.edited_at,
        "url": reverse("notes:note", args=[note.pk]),
    }
    if can_edit(note, membership):
        shown["edit_url"] = reverse("notes:edit-note", args=[note.pk])
    if can_delete_note(note, membership):
        shown["delete_url"] = reverse("notes:delete-note", args=[note.pk])
    return shown


def _organisation(membership: Membership) -> str:
    """Who alone reads the notes of this member's side."""
    return current_tenant().name if membership.side == VENDOR else str(membership.partner)


def _entry(message: SharedMessage, html: SafeString, membership: Membership) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "name": message.who,
        "author": message.author.name,
        "is_here": message.author.is_here,
        "side": _side(message, membership),
        "body": message.body,
        "html": html if message.body else "",
        "at": message.created_at,
        "edited_at": message.edited_at,
        "url": reverse("notes:message", args=[message.pk]),
        "files": files_shown(message.files, membership),
    }
    if can_edit(message, membership):
        shown["edit_url"] = reverse("notes:edit-message", args=[message.pk])
    if can_delete_message(message, membership):
        shown["delete_url"] = reverse("notes:delete-message", args=[message.pk])
    return shown


def _side(message: SharedMessage, membership: Membership) -> str:
    """Whose word it is: one's own, the vendor's, or the partner's."""
    if message.author_id == membership.pk:
        return _("You")
    return current_tenant().name if message.author_side == VENDOR else str(message.author.partner)


def _file(file: Attachment, membership: Membership) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": file.name, "size": file.size}
    if file.is_available:
        shown["url"] = reverse("notes:file", args=[file.pk])
        shown["picture"] = f"{shown['url']}?{PICTURE}" if file.is_shown else ""
    else:
        shown["state"] = _why_not(file)
    if can_delete(file, membership):
        shown["delete_url"] = reverse("notes:delete", args=[file.pk])
    return shown


def _why_not(file: Attachment) -> str:
    if file.state == FileState.INFECTED:
        return _("had a virus in it and was removed")
    return _("deleted") if file.deleted_at else _("held back: not checked for viruses yet")
