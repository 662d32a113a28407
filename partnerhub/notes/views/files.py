"""Downloading and deleting a file."""

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
from partnerhub.notes.models import Attachment
from partnerhub.notes.selectors import can_delete, find_attachment
from partnerhub.notes.services import delete_attachment
from partnerhub.notes.subjects import find_record, subject_of, type_of
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.views import ANY_MEMBER

log = logging.getLogger(__name__)
# Nothing in a file may run or load, even where a browser opens it in place (ASVS 3.2.1, 5.4.1).
SANDBOX = "sandbox; default-src 'none'"
PICTURE = "picture"
"""In the query of a file's address: it is a picture, for a page that shows it."""


def file_and_record(attachment_id: UUID, membership: Membership) -> tuple[Attachment, Model]:
    """A file that is there and the record it is on. Raises Http404 where this member may not see either."""
    attachment = find_attachment(attachment_id, membership)
    record = attachment and find_record(attachment.subject_type, attachment.subject_id, membership)
    if attachment is None or record is None:
        raise Http404
    return attachment, record


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


def download(file: Stored, *, in_page: bool = False) -> FileResponse:
    """Stream a stored file: as a download, under the name it came with (RFC 6266), kept by no cache.

    `in_page`: as a part of a page. Only for pictures that we painted ourselves.
    """
    try:
        content = default_storage.open(file.key)
    except OSError as error:
        log.exception("attachment.missing", extra={"attachment": str(file.pk)})
        raise Http404 from error
    response = FileResponse(content, as_attachment=not in_page, filename=file.name, content_type=file.content_type)
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
        return download(attachment, in_page=PICTURE in request.GET and attachment.is_shown)


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


def page_of_record(record: Model) -> str:
    """The address of a record's page, below the tenant of this request."""
    return get_script_prefix() + str(subject_of(type_of(record)).describe(record).get("url", "")).lstrip("/")
