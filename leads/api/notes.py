"""Shared messages and files on a lead; the room `partnerhub.notes` does the work."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from leads.api.base import LeadAPI
from leads.services import save_draft
from partnerhub.notes.api import SharedOnRecord
from partnerhub.notes.serializers import FilesBody, FilesSerializer, MessageBody, MessageSerializer, MessagesSerializer
from partnerhub.roles import LEADS_COMMENT, LEADS_VIEW


class NotesViewSet(SharedOnRecord, LeadAPI):
    permission: Any = {
        "list_messages": LEADS_VIEW,
        "create_message": LEADS_COMMENT,
        "list_files": LEADS_VIEW,
        "create_files": LEADS_COMMENT,
    }

    @extend_schema(
        operation_id="leads_messages_list",
        summary="Read a lead's messages",
        tags=["Messages and files"],
        responses=MessagesSerializer,
    )
    def list_messages(self, request: Request, lead_id: UUID) -> Response:
        """The shared messages, oldest first, each with its files. Both sides read them."""
        return self.messages()

    @extend_schema(
        operation_id="leads_messages_create",
        summary="Share a message",
        tags=["Messages and files"],
        request=MessageBody,
        responses={201: MessageSerializer},
    )
    def create_message(self, request: Request, lead_id: UUID) -> Response:
        """The other side is told, and answers here. Files come along in a form."""
        return self.post_message()

    @extend_schema(
        operation_id="leads_attachments_list",
        summary="Read a lead's files",
        tags=["Messages and files"],
        responses=FilesSerializer,
    )
    def list_files(self, request: Request, lead_id: UUID) -> Response:
        """The files on the lead itself; those of messages are with their messages."""
        return self.files()

    @extend_schema(
        operation_id="leads_attachments_create",
        summary="Attach files to a lead",
        tags=["Messages and files"],
        request={"multipart/form-data": FilesBody},
        responses={201: FilesSerializer},
    )
    def create_files(self, request: Request, lead_id: UUID) -> Response:
        """Both sides see them; a draft's only the own organisation, until it is submitted. All come in, or none."""
        lead = self.get_object()
        if lead.submitted_at is not None:
            return self.attach_files()
        sent = FilesBody.read(request.data)
        with self.in_own_words():
            save_draft(lead.pk, program=lead.program, typed=lead.draft, by=self.membership, **sent)
        return self.files(status=201)
