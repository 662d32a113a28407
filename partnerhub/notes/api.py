"""Files, messages and notes over the API."""

from uuid import UUID

from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import Reason, Refused, Stale
from partnerhub.notes.models import Attachment, Note, SharedMessage
from partnerhub.notes.selectors import attachments_of, former_notes, messages_of, written_on
from partnerhub.notes.serializers import (
    AttachmentSerializer,
    FilesBody,
    FormerNoteSerializer,
    FormerNotesSerializer,
    MessageSerializer,
    NoteBody,
    NoteSerializer,
)
from partnerhub.notes.services import attach_files, delete_attachment, delete_note, edit_note, write_note
from partnerhub.notes.subjects import type_of
from partnerhub.notes.views import download, file_and_record, note_and_record
from partnerhub.web.parsing import FormParser, StrictJSONParser
from partnerhub.web.schema import ETAG, IF_MATCH, IF_READ
from partnerhub.web.views import ANY_MEMBER

NOTES = "Messages and files"


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


class NoteViewSet(SeatViewSet):
    """Notes of the own side, on records that the caller may see; those of others and none are the same 404."""

    permission = ANY_MEMBER

    def get_object(self) -> Note:
        return note_and_record(self.kwargs["note_id"], self.membership)[0]

    @extend_schema(
        operation_id="notes_read", summary="Read a note", tags=[NOTES], parameters=[ETAG], responses=NoteSerializer
    )
    def retrieve(self, request: Request, note_id: UUID) -> Response:
        """A note of the own side, with its version."""
        return self._answer(self.get_object())

    @extend_schema(
        operation_id="notes_edit",
        summary="Edit a note",
        tags=[NOTES],
        parameters=[IF_MATCH, ETAG],
        request=NoteBody,
        responses=NoteSerializer,
    )
    def partial_update(self, request: Request, note_id: UUID) -> Response:
        """Put it in other words, by its author. The own side can still read the former ones."""
        note = self.get_object()
        seen = self.seen_version()
        try:
            edit_note(note.pk, by=self.membership, seen=seen, **NoteBody.read(request.data))
        except Note.DoesNotExist:
            raise Http404 from None
        except Stale as stale:
            raise Stale(dict(NoteSerializer(stale.current).data), stale.difference) from None
        return self._answer(self.get_object())

    @extend_schema(
        operation_id="notes_delete",
        summary="Delete a note",
        tags=[NOTES],
        parameters=[IF_READ],
        responses={204: None},
    )
    def destroy(self, request: Request, note_id: UUID) -> Response:
        """Delete it with its former words: by its author, or an administrator of the same side."""
        note = self.get_object()
        try:
            delete_note(note.pk, by=self.membership, seen=self.version_if_sent())
        except Note.DoesNotExist:
            raise Http404 from None
        except Stale as stale:
            raise Stale(dict(NoteSerializer(stale.current).data)) from None
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        operation_id="notes_history",
        summary="Read what a note said before",
        tags=[NOTES],
        responses=FormerNotesSerializer,
    )
    def history(self, request: Request, note_id: UUID) -> Response:
        """Its former versions, the latest first."""
        rows = former_notes(self.get_object(), self.membership)
        return Response({"results": FormerNoteSerializer(rows, many=True).data})

    def _answer(self, note: Note) -> Response:
        return self.with_etag(Response(NoteSerializer(note).data), note.version)


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
