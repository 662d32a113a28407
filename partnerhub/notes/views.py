"""Downloading and deleting a file; a note with what it said before, editing and deleting it."""

import logging
from typing import Any, Protocol
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db.models import Model
from django.http import FileResponse, Http404, HttpResponseBase
from django.urls import get_script_prefix
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.models import Membership
from partnerhub.accounts.requests import MemberRequest
from partnerhub.notes.forms import EditNoteForm, PreviewForm
from partnerhub.notes.models import Attachment, Note
from partnerhub.notes.rendering import rendered_each
from partnerhub.notes.selectors import (
    can_delete,
    can_delete_note,
    can_edit_note,
    find_attachment,
    former_notes,
    notes_for,
)
from partnerhub.notes.services import delete_attachment, delete_note, edit_note
from partnerhub.notes.subjects import find_record, subject_of, type_of
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.seen import Meanwhile, attempt
from partnerhub.web.views import ANY_MEMBER, Crumb

log = logging.getLogger(__name__)
# Nothing in a file may run or load, even where a browser opens it in place (ASVS 3.2.1, 5.4.1).
SANDBOX = "sandbox; default-src 'none'"


def file_and_record(attachment_id: UUID, membership: Membership) -> tuple[Attachment, Model]:
    """A file that is there and the record it is on. Raises Http404 where this member may not see either."""
    attachment = find_attachment(attachment_id, membership)
    record = attachment and find_record(attachment.subject_type, attachment.subject_id, membership)
    if attachment is None or record is None:
        raise Http404
    return attachment, record


def note_and_record(note_id: UUID, membership: Membership) -> tuple[Note, Model]:
    """A note of the own side and the record it is on. Raises Http404 where this member may not see either."""
    note = notes_for(membership).filter(pk=note_id).first()
    record = note and find_record(note.subject_type, note.subject_id, membership)
    if note is None or record is None:
        raise Http404
    return note, record


class Stored(Protocol):
    """A file in the storage, under `key`; `name` is what people call it."""

    @property
    def pk(self) -> UUID: ...
    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def content_type(self) -> str: ...
    @property
    def size(self) -> int: ...


def download(file: Stored) -> FileResponse:
    """Stream a stored file: always as a download, under the name it came with (RFC 6266), kept by no cache."""
    try:
        content = default_storage.open(file.key)
    except OSError as error:
        log.exception("attachment.missing", extra={"attachment": str(file.pk)})
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.content_type)
    response["Content-Length"] = file.size
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


class FileView(SeatView):
    """Whoever may see the record may download its files; asked anew each time."""

    permission = ANY_MEMBER

    def get(self, request: MemberRequest, attachment_id: UUID) -> Any:
        attachment, record = file_and_record(attachment_id, request.membership)
        if not attachment.is_available:
            back = page_of_record(record)
            crumbs = [(str(record), back), (attachment.name, None)]
            context = {"attachment": attachment, "back": back, "crumbs": crumbs}
            return self.page("notes/held_back.html", context, status=409)
        return download(attachment)


class DeleteFileView(SeatView, AskView):
    """Asks, then deletes a file for both sides. The record's page says who did."""

    permission = ANY_MEMBER

    def get(self, request: MemberRequest, attachment_id: UUID) -> HttpResponseBase:
        attachment, record = self._deletable(attachment_id)
        back = page_of_record(record)
        text = _(
            "It disappears from %(record)s for both sides and cannot be brought back. The timeline says who deleted it."
        )
        ask = Ask(
            title=_("Delete %(name)s?") % {"name": attachment.name},
            record=str(record),
            text=text % {"record": record},
            confirm=_("Delete file"),
            keep=_("Keep file"),
            back=back,
            danger=True,
        )
        return self.asks(ask, crumbs=[(str(record), back), (_("Delete file"), None)])

    def post(self, request: MemberRequest, attachment_id: UUID) -> HttpResponseBase:
        attachment, record = self._deletable(attachment_id)
        delete_attachment(attachment, by=request.membership)
        messages.success(request, _("%(name)s was deleted for both sides.") % {"name": attachment.name})
        return self.done(page_of_record(record))

    def _deletable(self, attachment_id: UUID) -> tuple[Attachment, Model]:
        attachment, record = file_and_record(attachment_id, self.request.membership)
        if not can_delete(attachment, self.request.membership):
            raise Http404
        return attachment, record


class PreviewView(SeatView):
    """What is typed into an editor as it will be read: the part under the text, by htmx. Keeps nothing."""

    permission = ANY_MEMBER
    forms = (PreviewForm,)

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = PreviewForm(request.POST)
        context = {"html": form.preview} if form.is_valid() else {"errors": form.errors["body"]}
        return self.page("notes/preview.html", context)


class NoteView(SeatView):
    """A note, and what it said before: who wrote it, and when."""

    permission = ANY_MEMBER

    def get(self, request: MemberRequest, note_id: UUID) -> HttpResponseBase:
        note, record = note_and_record(note_id, request.membership)
        former = former_notes(note, request.membership)
        html, *words = reversed(rendered_each([*(one.body for one in reversed(former)), note.body]))
        context = {
            "note": note,
            "html": html,
            "former": [*zip(former, words, strict=True)],
            "may_edit": can_edit_note(note, request.membership),
            "back": page_of_record(record),
            "record": record,
            "crumbs": _crumbs_below(record, _("Note")),
        }
        return self.page("notes/note.html", context)


class EditNoteView(SeatView, AskView):
    """Puts a note in other words. Nothing typed is lost where it was edited in another window meanwhile."""

    permission = ANY_MEMBER
    forms = (EditNoteForm,)

    def get(self, request: MemberRequest, note_id: UUID) -> HttpResponseBase:
        note, record = self._editable(note_id)
        return self._shown(record, EditNoteForm(initial={"body": note.body, "version": note.version}))

    def post(self, request: MemberRequest, note_id: UUID) -> HttpResponseBase:
        note, record = self._editable(note_id)
        form = EditNoteForm(request.POST)
        if form.is_valid() and form.is_preview:
            return self._shown(record, form)
        again = attempt(
            form,
            lambda: edit_note(
                note.pk, by=request.membership, body=form.cleaned_data["body"], seen=form.cleaned_data["version"]
            ),
        )
        if again:
            return self._shown(record, form, **again)
        messages.success(request, _("The note is saved."))
        return self.done(page_of_record(record))

    def _shown(
        self, record: Model, form: EditNoteForm, *, status: int = 200, now: Meanwhile | None = None
    ) -> HttpResponseBase:
        ask = Ask(
            title=_("Edit note"),
            record=str(record),
            text=_("What it said before stays, for your side to read."),
            confirm=_("Save"),
            keep=_("Cancel"),
            back=page_of_record(record),
            below="notes/preview_below.html",
        )
        return self.asks(ask, form, status=status, now=now, crumbs=_crumbs_below(record, _("Edit note")))

    def _editable(self, note_id: UUID) -> tuple[Note, Model]:
        note, record = note_and_record(note_id, self.request.membership)
        if not can_edit_note(note, self.request.membership):
            raise Http404
        return note, record


class DeleteNoteView(SeatView, AskView):
    """Asks, then deletes a note. The timeline of its side says who did."""

    permission = ANY_MEMBER

    def get(self, request: MemberRequest, note_id: UUID) -> HttpResponseBase:
        note, record = self._deletable(note_id)
        ask = Ask(
            title=_("Delete this note?"),
            record=str(record),
            text=_("It goes with all it said before, and cannot be brought back. Your timeline says who deleted it."),
            confirm=_("Delete note"),
            keep=_("Keep note"),
            back=page_of_record(record),
            part="notes/quoted.html",
            danger=True,
        )
        return self.asks(ask, note=note, crumbs=_crumbs_below(record, _("Delete note")))

    def post(self, request: MemberRequest, note_id: UUID) -> HttpResponseBase:
        note, record = self._deletable(note_id)
        delete_note(note.pk, by=request.membership)
        messages.success(request, _("The note was deleted."))
        return self.done(page_of_record(record))

    def _deletable(self, note_id: UUID) -> tuple[Note, Model]:
        note, record = note_and_record(note_id, self.request.membership)
        if not can_delete_note(note, self.request.membership):
            raise Http404
        return note, record


def _crumbs_below(record: Model, words: str) -> list[Crumb]:
    return [(str(record), page_of_record(record)), (words, None)]


def page_of_record(record: Model) -> str:
    """The address of a record's page, below the tenant of this request."""
    return get_script_prefix() + str(subject_of(type_of(record)).describe(record).get("url", "")).lstrip("/")
