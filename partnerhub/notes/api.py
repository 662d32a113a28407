"""Files and messages over the API."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.errors import Reason, Refused
from partnerhub.notes.models import Attachment
from partnerhub.notes.selectors import attachments_of, messages_of
from partnerhub.notes.serializers import (
    AttachmentSerializer,
    MessageSerializer,
    NewFilesSerializer,
    NewMessageSerializer,
)
from partnerhub.notes.services import attach_files, delete_attachment, post_message
from partnerhub.notes.subjects import type_of
from partnerhub.notes.views import download, file_and_record
from partnerhub.web.api import PortalViewSet
from partnerhub.web.views import ANY_MEMBER


class FileViewSet(PortalViewSet):
    """Files on records that the caller may see; a foreign id and none are the same 404."""

    permission = ANY_MEMBER
    serializer_class = AttachmentSerializer

    def get_object(self) -> Attachment:
        return file_and_record(UUID(self.kwargs["pk"]), self.membership)[0]

    def retrieve(self, request: Request, pk: str) -> Response:
        """What is known of a file."""
        return Response(self.get_serializer(self.get_object()).data)

    def destroy(self, request: Request, pk: str) -> Response:
        """Delete a file for both sides: by whoever uploaded it, or an administrator of the same side."""
        try:
            delete_attachment(self.get_object(), by=self.membership)
        except Attachment.DoesNotExist:
            raise Http404 from None
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def content(self, request: Request, pk: str) -> FileResponse:
        """The bytes. 409 while the file is held back because no virus scanner has looked at it yet."""
        attachment = self.get_object()
        if not attachment.is_available:
            text = _("This file is held back until it has been checked for viruses.")
            raise Refused(Reason("quarantined", text))
        return download(attachment)


class SharedOnRecord:
    """Adds `messages` and `files` to the viewset of a record; `get_object()` finds what the caller may see."""

    membership: Any

    @extend_schema(request=NewMessageSerializer, responses={200: MessageSerializer(many=True), 201: MessageSerializer})
    @action(detail=True, methods=["get", "post"], parser_classes=[JSONParser, MultiPartParser])
    def messages(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Read the shared messages, oldest first, or post one; the other side is told."""
        subject = self.get_object()  # type: ignore[attr-defined]  # the viewset's
        if request.method == "GET":
            rows = messages_of(type_of(subject), subject.pk, self.membership)
            return Response(MessageSerializer(rows, many=True).data)
        new = NewMessageSerializer(data=request.data)
        new.is_valid(raise_exception=True)
        sent = post_message(
            subject,
            by=self.membership,
            body=new.validated_data["body"],
            uploads=new.validated_data["files"],
            once=new.validated_data["once"],
        )
        rows = messages_of(type_of(subject), subject.pk, self.membership)
        shown = next(row for row in rows if row.pk == sent.pk)
        return Response(MessageSerializer(shown).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=NewFilesSerializer,
        responses={200: AttachmentSerializer(many=True), 201: AttachmentSerializer(many=True)},
    )
    @action(detail=True, methods=["get", "post"], parser_classes=[MultiPartParser])
    def files(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Read the files on the record itself, or attach some."""
        subject = self.get_object()  # type: ignore[attr-defined]  # the viewset's
        if request.method == "GET":
            rows = attachments_of(type_of(subject), subject.pk, self.membership)
            return Response(AttachmentSerializer(rows, many=True).data)
        new = NewFilesSerializer(data=request.data)
        new.is_valid(raise_exception=True)
        attached = attach_files(subject, by=self.membership, uploads=new.validated_data["files"])
        return Response(AttachmentSerializer(attached, many=True).data, status=status.HTTP_201_CREATED)
