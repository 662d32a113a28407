"""Files and messages over the API."""

from uuid import UUID

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import Reason, Refused
from partnerhub.notes.models import Attachment, SharedMessage
from partnerhub.notes.selectors import attachments_of, messages_of
from partnerhub.notes.serializers import AttachmentSerializer, FilesBody, MessageSerializer
from partnerhub.notes.services import attach_files, delete_attachment
from partnerhub.notes.subjects import type_of
from partnerhub.notes.views import download, file_and_record
from partnerhub.web.parsing import FormParser, StrictJSONParser
from partnerhub.web.views import ANY_MEMBER


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


class SharedOnRecord(SeatViewSet):
    """What is shared on a record that `get_object()` finds for who may see it. A subclass describes its addresses."""

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

    def files(self, *, status: int = status.HTTP_200_OK) -> Response:
        subject = self.get_object()
        rows = attachments_of(type_of(subject), subject.pk, self.membership)
        return Response({"results": AttachmentSerializer(rows, many=True).data}, status=status)

    def attach_files(self) -> Response:
        subject = self.get_object()
        files = attach_files(subject, by=self.membership, **FilesBody.read(self.request.data))
        return Response({"results": AttachmentSerializer(files, many=True).data}, status=status.HTTP_201_CREATED)
