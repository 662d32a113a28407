"""Shared messages, notes and files on a lead; the room `partnerhub.notes` does the work."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from leads.api.base import LeadAPI
from leads.serializers import LeadMessageBody
from leads.services import answer_by_message, save_draft
from partnerhub.notes.record_api import TalkAPI, described_as, talk_permissions
from partnerhub.notes.serializers import FilesBody, MessageSerializer
from partnerhub.notes.services import post_message
from partnerhub.roles import LEADS_COMMENT, LEADS_VIEW
from partnerhub.web.schema import IF_MATCH

IF_MATCH_TO_ANSWER = OpenApiParameter(
    IF_MATCH.name,
    IF_MATCH.type,
    OpenApiParameter.HEADER,
    description="Needed with `answers_question`: the lead's ETag as you read it.",
)


@described_as("leads", "a lead")
class NotesViewSet(TalkAPI, LeadAPI):
    permission: ClassVar[str | dict[str, str]] = talk_permissions(LEADS_VIEW, LEADS_COMMENT)

    @extend_schema(
        operation_id="leads_messages_create",
        summary="Share a message on a lead",
        tags=["Messages and files"],
        parameters=[IF_MATCH_TO_ANSWER],
        request=LeadMessageBody,
        responses={201: MessageSerializer},
    )
    def create_message(self, request: Request, **ids: UUID) -> Response:
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

    def create_files(self, request: Request, **ids: UUID) -> Response:
        """Both sides see them; a draft's only the own organisation, until it is submitted. All come in, or none."""
        lead = self.get_object()
        if lead.submitted_at is not None:
            return self.attach_files()
        sent = FilesBody.read(request.data)
        with self.in_own_words():
            save_draft(lead.pk, program=lead.program, typed=None, by=self.membership, **sent)
        return self.files(status=201)
