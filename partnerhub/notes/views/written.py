"""A message or a note: what it said before, editing it, deleting it, and what is typed as it will be read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.models import Membership
from partnerhub.accounts.requests import MemberRequest
from partnerhub.notes.forms import EditMessageForm, EditNoteForm, PreviewForm
from partnerhub.notes.mentions import marks_of
from partnerhub.notes.models import FormerMessage, FormerNote, Note, SharedMessage
from partnerhub.notes.rendering import rendered_each
from partnerhub.notes.selectors import (
    can_delete_message,
    can_delete_note,
    can_edit,
    former_messages,
    former_notes,
    messages_for,
    notes_for,
)
from partnerhub.notes.services import delete_message, delete_note, edit_message, edit_note
from partnerhub.notes.subjects import find_record
from partnerhub.notes.views.files import page_of_record
from partnerhub.notes.views.mentioning import mention_url
from partnerhub.states.asked import Words
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.seen import Meanwhile, attempt
from partnerhub.web.views import ANY_MEMBER, Crumb

EditForm = EditNoteForm | EditMessageForm


@dataclass(frozen=True)
class WrittenKind:
    """What differs between messages and notes: who reads them, their verbs, and what is said of them."""

    rows: Callable[[Membership], QuerySet[Note] | QuerySet[SharedMessage]]
    former: Callable[..., Sequence[FormerNote | FormerMessage]]
    can_delete: Callable[..., bool]
    reword: Callable[..., Note | SharedMessage]
    delete: Callable[..., None]
    form: type[EditForm]
    edit_url: str
    called: Words
    editing: Words
    stays: Words
    saved: Words
    delete_question: Words
    goes: Words
    deleting: Words
    keep: Words
    deleted: Words
    is_private: bool

    def mention_url(self, record: Model) -> str:
        """Where a script asks whom one can mention."""
        return mention_url(record, is_private=self.is_private)


NOTES = WrittenKind(
    rows=notes_for,
    former=former_notes,
    can_delete=can_delete_note,
    reword=edit_note,
    delete=delete_note,
    form=EditNoteForm,
    edit_url="notes:edit-note",
    called=_("Note"),
    editing=_("Edit note"),
    stays=_("What it said before stays, for your side to read."),
    saved=_("The note is saved."),
    delete_question=_("Delete this note?"),
    goes=_("It goes with all it said before, and cannot be brought back. Your timeline says who deleted it."),
    deleting=_("Delete note"),
    keep=_("Keep note"),
    deleted=_("The note was deleted."),
    is_private=True,
)
MESSAGES = WrittenKind(
    rows=messages_for,
    former=former_messages,
    can_delete=can_delete_message,
    reword=edit_message,
    delete=delete_message,
    form=EditMessageForm,
    edit_url="notes:edit-message",
    called=_("Message"),
    editing=_("Edit message"),
    stays=_("What it said before stays, for both sides to read."),
    saved=_("The message is saved."),
    delete_question=_("Delete this message?"),
    goes=_(
        "It goes for both sides, with its files and all it said before, and cannot be brought back. Mail about it may"
        " have been sent already. The timeline says who deleted it."
    ),
    deleting=_("Delete message"),
    keep=_("Keep message"),
    deleted=_("The message was deleted for both sides."),
    is_private=False,
)


def written_and_record(
    kind: WrittenKind, written_id: UUID, membership: Membership
) -> tuple[Note | SharedMessage, Model]:
    """A message or a note and the record it is on. Raises Http404 where this member may not see either."""
    written = kind.rows(membership).filter(pk=written_id).first()
    record = written and find_record(written.subject_type, written.subject_id, membership)
    if written is None or record is None:
        raise Http404
    return written, record


class PreviewView(SeatView):
    """What is typed into an editor as it will be read: the part under the text, by htmx. Keeps nothing."""

    permission = ANY_MEMBER
    forms = (PreviewForm,)

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = PreviewForm(request.POST)
        context = {"html": form.preview} if form.is_valid() else {"errors": form.errors["body"]}
        return self.page("notes/preview.html", context)


class WrittenView(SeatView):
    """A message or a note, and what it said before: who wrote it, and when."""

    permission = ANY_MEMBER
    kind: ClassVar[WrittenKind] = NOTES

    def get(self, request: MemberRequest, written_id: UUID) -> HttpResponseBase:
        written, record = written_and_record(self.kind, written_id, request.membership)
        former = self.kind.former(written, request.membership)
        texts = [*(one.body for one in reversed(former)), written.body]
        html, *words = reversed(rendered_each(texts, [*(() for _one in former), *marks_of([written])]))
        context = {
            "written": written,
            "called": self.kind.called,
            "editing": self.kind.editing,
            "html": html,
            "former": [*zip(former, words, strict=True)],
            "edit_url": self.kind.edit_url if can_edit(written, request.membership) else "",
            "back": page_of_record(record),
            "record": record,
            "crumbs": _crumbs_below(record, self.kind.called),
        }
        return self.page("notes/written.html", context)


class EditView(SeatView, AskView):
    """Puts it in other words. Nothing typed is lost where it was edited in another window meanwhile."""

    permission = ANY_MEMBER
    forms = (EditNoteForm, EditMessageForm)
    kind: ClassVar[WrittenKind] = NOTES

    def get(self, request: MemberRequest, written_id: UUID) -> HttpResponseBase:
        written, record = self._editable(written_id)
        form = self.kind.form(initial={"body": written.body, "version": written.version})
        return self._shown(record, form)

    def post(self, request: MemberRequest, written_id: UUID) -> HttpResponseBase:
        written, record = self._editable(written_id)
        form = self.kind.form(request.POST)
        if form.is_valid() and form.is_preview:
            return self._shown(record, form)
        again = attempt(
            form,
            lambda: self.kind.reword(
                written.pk,
                by=request.membership,
                body=form.cleaned_data["body"],
                mentions=form.cleaned_data["mentions"],
                seen=form.cleaned_data["version"],
            ),
        )
        if again:
            return self._shown(record, form, **again)
        messages.success(request, str(self.kind.saved))
        return self.done(page_of_record(record))

    def _shown(
        self, record: Model, form: EditForm, *, status: int = 200, now: Meanwhile | None = None
    ) -> HttpResponseBase:
        form.offer_people(self.kind.mention_url(record))
        ask = Ask(
            title=self.kind.editing,
            record=str(record),
            text=self.kind.stays,
            confirm=_("Save"),
            keep=_("Cancel"),
            back=page_of_record(record),
            below="notes/preview_below.html",
        )
        return self.asks(ask, form, status=status, now=now, crumbs=_crumbs_below(record, self.kind.editing))

    def _editable(self, written_id: UUID) -> tuple[Note | SharedMessage, Model]:
        written, record = written_and_record(self.kind, written_id, self.request.membership)
        if not can_edit(written, self.request.membership):
            raise Http404
        return written, record


class DeleteView(SeatView, AskView):
    """Asks, then deletes it. The timeline of who read it says who did."""

    permission = ANY_MEMBER
    kind: ClassVar[WrittenKind] = NOTES

    def get(self, request: MemberRequest, written_id: UUID) -> HttpResponseBase:
        written, record = self._deletable(written_id)
        ask = Ask(
            title=self.kind.delete_question,
            record=str(record),
            text=self.kind.goes,
            confirm=self.kind.deleting,
            keep=self.kind.keep,
            back=page_of_record(record),
            part="notes/quoted.html",
            danger=True,
        )
        return self.asks(ask, written=written, crumbs=_crumbs_below(record, self.kind.deleting))

    def post(self, request: MemberRequest, written_id: UUID) -> HttpResponseBase:
        written, record = self._deletable(written_id)
        self.kind.delete(written.pk, by=request.membership)
        messages.success(request, str(self.kind.deleted))
        return self.done(page_of_record(record))

    def _deletable(self, written_id: UUID) -> tuple[Note | SharedMessage, Model]:
        written, record = written_and_record(self.kind, written_id, self.request.membership)
        if not self.kind.can_delete(written, self.request.membership):
            raise Http404
        return written, record


def _crumbs_below(record: Model, words: Words) -> list[Crumb]:
    return [(str(record), page_of_record(record)), (words, None)]
