"""The steps of a lead: one address each, a POST on the version that was read. Most are made of the machine's table."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from leads import services
from leads.api.base import LeadAPI, checked_answers, review_in
from leads.serializers import AnswerBody, AssignBody, ConvertBody, LeadSerializer, SubmitBody, TeamBody
from leads.services.steps import LEADS
from leads.states import LEAD
from partnerhub.records.api import StepsAPI, described, words_of


class StepViewSet(StepsAPI, LeadAPI):
    """Who may take a step, and when, is the machine's matter; the answer is the lead as it is then."""

    records = LEADS
    serializer = LeadSerializer
    own = frozenset({"submit"})
    bodies = {
        "assign": AssignBody,
        "convert": ConvertBody,
        "give_info": AnswerBody,
        "name_team": TeamBody,
        "submit": SubmitBody,
    }

    @described(LEADS, "submit", SubmitBody, LeadSerializer)
    def submit(self, request: Request, lead_id: UUID) -> Response:
        """The draft's own answers go through the very form of the page."""
        self.record_to_change("submit")
        seen, sent = self.seen_version(), SubmitBody.read(request.data)
        with self.in_own_words():
            lead = LEADS.locked(lead_id, by=self.membership, seen=seen)
            LEAD.check("submit", lead, self.membership)
            answers = checked_answers(lead.program, lead.draft, sent["terms_version"])
            review = review_in(request, sent)
            lead = services.submit_lead(
                lead_id, program=lead.program, answers=answers, by=self.membership, review=review
            )
        return self.answer(lead)


ADDRESSES = words_of(LEADS)
"""The last part of the address → the action."""
