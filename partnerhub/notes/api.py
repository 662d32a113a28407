"""Files, messages and notes over the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import UUID

from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ModelSerializer

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import Reason, Refused, Stale
from partnerhub.notes.models import Attachment, Note, SharedMessage
from partnerhub.notes.selectors import attachments_of, messages_of, written_on
from partnerhub.notes.serializers import (
    AttachmentSerializer,
    FilesBody,
    FormerMessageSerializer,
    FormerMessagesSerializer,
    FormerNoteSerializer,
    FormerNotesSerializer,
    MessageSerializer,
    NoteBody,
    NoteSerializer,
    WordsBody,
)
from partnerhub.notes.services import attach_files, delete_attachment, write_note
from partnerhub.notes.subjects import type_of
from partnerhub.notes.views import MESSAGES, NOTES, WrittenKind, download, file_and_record, written_and_record
from partnerhub.web.bodies import Body
from partnerhub.web.parsing import FormParser, StrictJSONParser
from partnerhub.web.schema import ETAG, IF_MATCH, IF_READ
from partnerhub.web.views import ANY_MEMBER

ABOUT_THEM = "Messages and files"


class FileViewSet(SeatViewSet):
    """Files on records that the caller may see; a foreign id and none are the same 404."""

    permission = ANY_MEMBER

    def get_object(self) -> Attachment:
        return file_and_record(self.kwargs["attachment_id"], self.membership)[0]

    @extend_schema(
        operation_id="files_read",
        summary="Read about a file",
        tags=["Messages and files"],
        responses=AttachmentSerializer,
    )
    def retrieve(self, request: Request, attachment_id: UUID) -> Response:
        """What is known of a file."""
        return Response(AttachmentSerializer(self.get_object()).data)

    @extend_schema(
        operation_id="files_delete", summary="Delete a file", tags=["Messages and files"], responses={204: None}
    )
    def destroy(self, request: Request, attachment_id: UUID) -> Response:
        """Delete a file for both sides: by whoever uploaded it, or an administrator of the same side."""
        try:
            delete_attachment(self.get_object(), by=self.membership)
        except Attachment.DoesNotExist:
            raise Http404 from None
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        operation_id="files_download",
        summary="Download a file",
        tags=["Messages and files"],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def content(self, request: Request, attachment_id: UUID) -> FileResponse:
        """The bytes, in the file's own type. 409 while the file is held back until it has been checked for viruses."""
        attachment = self.get_object()
        if not attachment.is_available:
            text = _("This file is held back until it has been checked for viruses.")
            raise Refused(Reason("quarantined", text))
        return download(attachment)


class WrittenViewSet(SeatViewSet):
    """Messages or notes on records that the caller may see; those of others and none are the same 404."""

    permission = ANY_MEMBER
    kind: ClassVar[WrittenKind]
    body: ClassVar[type[Body]]
    serializer: ClassVar[type[ModelSerializer[Any]]]
    former_serializer: ClassVar[type[ModelSerializer[Any]]]

    def json(self, written: Note | SharedMessage) -> dict[str, Any]:
        return dict(self.serializer(written).data)

    def get_object(self) -> Note | SharedMessage:
        return written_and_record(self.kind, self.kwargs["written_id"], self.membership)[0]

    def read(self) -> Response:
        written = self.get_object()
        return self.with_etag(Response(self.json(written)), written.version)

    def edit(self) -> Response:
        written, seen = self.get_object(), self.seen_version()
        sent = self.body.read(self.request.data)
        with self.in_own_words():
            self.kind.reword(written.pk, by=self.membership, seen=seen, **sent)
        return self.read()

    def delete_it(self) -> Response:
        written = self.get_object()
        with self.in_own_words():
            self.kind.delete(written.pk, by=self.membership, seen=self.version_if_sent())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def read_former(self) -> Response:
        rows = self.kind.former(self.get_object(), self.membership)
        return Response({"results": self.former_serializer(rows, many=True).data})

    @contextmanager
    def in_own_words(self) -> Iterator[None]:
        """Gone meanwhile is not there; another version is told as JSON."""
        try:
            yield
        except (Note.DoesNotExist, SharedMessage.DoesNotExist):
            raise Http404 from None
        except Stale as stale:
            raise Stale(self.json(stale.current), stale.difference) from None


class NoteViewSet(WrittenViewSet):
    """Notes of the own side."""

    kind, body = NOTES, NoteBody
    serializer, former_serializer = NoteSerializer, FormerNoteSerializer

    @extend_schema(
        operation_id="notes_read",
        summary="Read a note",
        tags=[ABOUT_THEM],
        parameters=[ETAG],
        responses=NoteSerializer,
    )
    def retrieve(self, request: Request, written_id: UUID) -> Response:
        """A note of the own side, with its version."""
        return self.read()

    @extend_schema(
        operation_id="notes_edit",
        summary="Edit a note",
        tags=[ABOUT_THEM],
        parameters=[IF_MATCH, ETAG],
        request=NoteBody,
        responses=NoteSerializer,
    )
    def partial_update(self, request: Request, written_id: UUID) -> Response:
        """Put it in other words, by its author. The own side can still read the former ones."""
        return self.edit()

    @extend_schema(
        operation_id="notes_delete",
        summary="Delete a note",
        tags=[ABOUT_THEM],
        parameters=[IF_READ],
        responses={204: None},
    )
    def destroy(self, request: Request, written_id: UUID) -> Response:
        """Delete it with its former words: by its author, or an administrator of the same side."""
        return self.delete_it()

    @extend_schema(
        operation_id="notes_history",
        summary="Read what a note said before",
        tags=[ABOUT_THEM],
        responses=FormerNotesSerializer,
    )
    def history(self, request: Request, written_id: UUID) -> Response:
        """Its former versions, the latest first."""
        return self.read_former()


class MessageViewSet(WrittenViewSet):
    """Shared messages, which both sides read."""

    kind, body = MESSAGES, WordsBody
    serializer, former_serializer = MessageSerializer, FormerMessageSerializer

    def json(self, written: Note | SharedMessage) -> dict[str, Any]:
        """With its files."""
        rows = messages_of(written.subject_type, written.subject_id, self.membership)
        return super().json(next(row for row in rows if row.pk == written.pk))

    @extend_schema(
        operation_id="messages_read",
        summary="Read a message",
        tags=[ABOUT_THEM],
        parameters=[ETAG],
        responses=MessageSerializer,
    )
    def retrieve(self, request: Request, written_id: UUID) -> Response:
        """A shared message with its files and its version."""
        return self.read()

    @extend_schema(
        operation_id="messages_edit",
        summary="Edit a message",
        tags=[ABOUT_THEM],
        parameters=[IF_MATCH, ETAG],
        request=WordsBody,
        responses=MessageSerializer,
    )
    def partial_update(self, request: Request, written_id: UUID) -> Response:
        """Put it in other words, by its author. Both sides can still read the former ones; its files stay."""
        return self.edit()

    @extend_schema(
        operation_id="messages_delete",
        summary="Delete a message",
        tags=[ABOUT_THEM],
        parameters=[IF_READ],
        responses={204: None},
    )
    def destroy(self, request: Request, written_id: UUID) -> Response:
        """Delete it for both sides, with its files: by its author, or an administrator of the same side."""
        return self.delete_it()

    @extend_schema(
        operation_id="messages_history",
        summary="Read what a message said before",
        tags=[ABOUT_THEM],
        responses=FormerMessagesSerializer,
    )
    def history(self, request: Request, written_id: UUID) -> Response:
        """Its former versions, the latest first."""
        return self.read_former()


class SharedOnRecord(SeatViewSet):
    """What is written on a record that `get_object()` finds for who may see it. A subclass describes its addresses."""

    parser_classes = [StrictJSONParser, FormParser]

    def messages(self) -> Response:
        subject = self.get_object()
        rows = messages_of(type_of(subject), subject.pk, self.membership)
        return Response({"results": MessageSerializer(rows, many=True).data})

    def message_json(self, sent: SharedMessage) -> Response:
        """The answer to a message that is sent."""
        rows = messages_of(sent.subject_type, sent.subject_id, self.membership)
        shown = next(row for row in rows if row.pk == sent.pk)
        return Response(MessageSerializer(shown).data, status=status.HTTP_201_CREATED)

    def notes(self) -> Response:
        subject = self.get_object()
        rows = written_on(type_of(subject), subject.pk, self.membership).notes
        return Response({"results": NoteSerializer(rows, many=True).data})

    def new_note(self) -> Response:
        note = write_note(self.get_object(), by=self.membership, **NoteBody.read(self.request.data))
        response = Response(NoteSerializer(note).data, status=status.HTTP_201_CREATED)
        response["Location"] = reverse("api-note", args=[note.pk])
        return self.with_etag(response, note.version)

    def files(self, *, status: int = status.HTTP_200_OK) -> Response:
        subject = self.get_object()
        rows = attachments_of(type_of(subject), subject.pk, self.membership)
        return Response({"results": AttachmentSerializer(rows, many=True).data}, status=status)

    def attach_files(self) -> Response:
        subject = self.get_object()
        files = attach_files(subject, by=self.membership, **FilesBody.read(self.request.data))
        return Response({"results": AttachmentSerializer(files, many=True).data}, status=status.HTTP_201_CREATED)
