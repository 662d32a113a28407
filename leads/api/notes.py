"""Shared messages, notes and files on a lead; the room `partnerhub.notes` does the work."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from leads.api.base import LeadAPI
from leads.serializers import LeadMessageBody
from leads.services import answer_by_message, save_draft
from partnerhub.notes.api import SharedOnRecord
from partnerhub.notes.serializers import (
    FilesBody,
    FilesSerializer,
    MessageSerializer,
    MessagesSerializer,
    NoteBody,
    NoteSerializer,
    NotesSerializer,
)
from partnerhub.notes.services import post_message
from partnerhub.roles import LEADS_COMMENT, LEADS_VIEW
from partnerhub.web.schema import ETAG, IF_MATCH, LOCATION

IF_MATCH_TO_ANSWER = OpenApiParameter(
    IF_MATCH.name,
    IF_MATCH.type,
    OpenApiParameter.HEADER,
    description="Needed with `answers_question`: the lead's ETag as you read it.",
)


class NotesViewSet(SharedOnRecord, LeadAPI):
    permission: ClassVar[str | dict[str, str]] = {
        "list_messages": LEADS_VIEW,
        "create_message": LEADS_COMMENT,
        "list_notes": LEADS_VIEW,
        "create_note": LEADS_COMMENT,
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
        parameters=[IF_MATCH_TO_ANSWER],
        request=LeadMessageBody,
        responses={201: MessageSerializer},
    )
    def create_message(self, request: Request, lead_id: UUID) -> Response:
        """The other side is told, and answers here. Files come along in a form.

        With `answers_question` the message is the answer to the vendor's open question, as the step *answer* is; that
        needs the version of the lead (`If-Match`). Without it the question stays open.
        """
        lead = self.get_object()
        sent = LeadMessageBody.read(request.data)
        if not sent.pop("answers_question"):
            return self.message_json(post_message(lead, by=self.membership, **sent))
        self.record_to_change("give_info")
        seen = self.seen_version()
        with self.in_own_words():
            return self.message_json(answer_by_message(lead.pk, by=self.membership, seen=seen, **sent))

    @extend_schema(
        operation_id="leads_notes_list",
        summary="Read your side's notes on a lead",
        tags=["Messages and files"],
        responses=NotesSerializer,
    )
    def list_notes(self, request: Request, lead_id: UUID) -> Response:
        """The notes of the own side, oldest first. The other side reads none of them, nor that there are any."""
        return self.notes()

    @extend_schema(
        operation_id="leads_notes_create",
        summary="Write a note for your side",
        tags=["Messages and files"],
        parameters=[LOCATION, ETAG],
        request=NoteBody,
        responses={201: NoteSerializer},
    )
    def create_note(self, request: Request, lead_id: UUID) -> Response:
        """Only the own side reads it: the vendor's people, or those of the own partner."""
        return self.new_note()

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
            save_draft(lead.pk, program=lead.program, typed=None, by=self.membership, **sent)
        return self.files(status=201)
