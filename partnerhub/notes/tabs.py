"""Tabs of a record's page: what both sides write on it, what the own side notes, the files; and what posts there."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model
from django.http import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.bases import SeatView
from partnerhub.notes.forms import MessageForm, NoteForm
from partnerhub.notes.posting import MessagePost, NotePost
from partnerhub.notes.thread import Notebook, thread_of
from partnerhub.records.showing import RecordView
from partnerhub.roles import VENDOR
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.lists.showing import Part, Tab


class TalkView(RecordView, SeatView):
    """A record's page with tabs of what is written on it. `talk` begins the names of the addresses that take it:
    `<talk>-message`, `<talk>-note`. `opened`: the tab that is open whatever the address says.
    """

    talk: ClassVar[str]
    opened: str = ""
    message_form: MessageForm | None = None
    note_form: NoteForm | None = None

    @property
    def tab(self) -> Tab | None:
        return next((tab for tab in self.tabs if tab.key == self.opened), None) if self.opened else super().tab


def _shared(page: TalkView, record: Model) -> Mapping[str, Any]:
    member, partner = page.request.membership, str(record.partner)  # type: ignore[attr-defined]  # as `partner_of`
    vendor = current_tenant().name
    action = reverse(f"{page.talk}-message", args=[record.pk])
    return {
        "thread": thread_of(record, member, action=action, form=page.message_form),
        "with": partner if member.side == VENDOR else vendor,
        "readers": _now("Everyone at %(partner)s and %(vendor)s who sees this can read it.")
        % {"partner": partner, "vendor": vendor},
    }


def _notes(page: TalkView, record: Model) -> Mapping[str, Any]:
    notebook = Notebook(reverse(f"{page.talk}-note", args=[record.pk]), page.note_form)
    return {"notes": thread_of(record, page.request.membership, action="", notebook=notebook)["notes"]}


def _files(page: TalkView, record: Model) -> Mapping[str, Any]:
    """All files, those of messages too. More of them go as a message without words: the other side hears of it."""
    action = reverse(f"{page.talk}-message", args=[record.pk])
    thread = thread_of(record, page.request.membership, action=action, form=page.message_form)
    with_messages = [file for message in thread["messages_shown"] for file in message["files"]]
    return {"thread": thread, "files": [*thread["attachments"], *with_messages]}


TALK_TABS = (
    Tab("shared", _("Shared"), (Part("notes/shared_tab.html", _shared),)),
    Tab("notes", _("Notes"), (Part("notes/notes_tab.html", _notes),)),
    Tab("files", _("Files"), (Part("notes/files_tab.html", _files),)),
)


def _page_of(post: "RecordMessagePost | RecordNotePost", tab: str) -> TalkView:
    """The page of the record that was written on, with this tab open."""
    page = post.record_view()
    page.setup(post.request, **post.kwargs)
    page.opened = tab
    return page


class RecordMessagePost(MessagePost[Model]):
    """Posts a shared message on the record of the address; `record_view` is its page. It may come `from` the tab with
    the files, and leads back there.
    """

    record_view: ClassVar[type[TalkView]]

    @property
    def tab(self) -> str:
        """The tab that it came from."""
        return "files" if self.request.POST.get("from") == "files" else "shared"

    def subject(self, **ids: UUID) -> Model:
        record: Model = _page_of(self, self.tab).record
        return record

    def again(self, subject: Model, form: MessageForm, status: int) -> HttpResponseBase:
        page = _page_of(self, self.tab)
        page.message_form = form
        return page.shown(subject, status=status)

    def send(self, subject: Model, form: MessageForm) -> str:
        text = super().send(subject, form)
        return _now("The files are attached. Both sides see them.") if self.tab == "files" else text

    def back(self, subject: Model) -> str:
        region = "files" if self.tab == "files" else "messages"
        return f"{_page_of(self, self.tab).tab_url(subject, self.tab)}#{region}"


class RecordNotePost(NotePost[Model]):
    """Writes a note of the own side on the record of the address; `record_view` is its page."""

    record_view: ClassVar[type[TalkView]]

    def subject(self, **ids: UUID) -> Model:
        record: Model = _page_of(self, "notes").record
        return record

    def again(self, subject: Model, form: NoteForm, status: int) -> HttpResponseBase:
        page = _page_of(self, "notes")
        page.note_form = form
        return page.shown(subject, status=status)

    def back(self, subject: Model) -> str:
        return f"{_page_of(self, 'notes').tab_url(subject, 'notes')}#notes"


def talk_paths(route: str, message: type[RecordMessagePost], note: type[RecordNotePost]) -> list[URLPattern]:
    """The addresses below a record's page to which its tabs post."""
    page = message.record_view
    one, name = f"{route}<uuid:{page.id_name}>/", page.talk.rpartition(":")[2]
    return [
        path(f"{one}messages/", message.as_view(), name=f"{name}-message"),
        path(f"{one}notes/", note.as_view(), name=f"{name}-note"),
    ]
