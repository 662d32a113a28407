"""The steps of a lead: one address each, a POST on the version that was read."""

from collections.abc import Callable
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from leads import services
from leads.api.base import LeadAPI, checked_answers
from leads.models import Lead
from leads.serializers import (
    AnswerBody,
    AppealBody,
    AssignBody,
    LeadSerializer,
    QuestionBody,
    ReasonBody,
    RefuseBody,
    SubmitBody,
    TeamBody,
    WithdrawBody,
)
from leads.services.steps import locked
from leads.states import LEAD
from partnerhub.web.bodies import Body, NoBody
from partnerhub.web.schema import ETAG, IF_MATCH

Method = Callable[..., Response]


def described(name: str, summary: str, body: type[Body] | None = None) -> Callable[[Method], Method]:
    """How the schema tells of a step."""
    return extend_schema(
        operation_id=f"leads_{name}",
        summary=summary,
        tags=["Steps"],
        parameters=[IF_MATCH, ETAG],
        request=body or NoBody,
        responses={200: LeadSerializer},
    )


class StepViewSet(LeadAPI):
    """Who may take a step, and when, is the machine's matter; the answer is the lead as it is then."""

    @described("submit", "Submit a draft", SubmitBody)
    def submit(self, request: Request, lead_id: UUID) -> Response:
        """Submit the draft: every answer is checked, and 422 says what is missing."""
        self.lead_to_change("submit")
        seen, sent = self.seen_version(), SubmitBody.read(request.data)
        with self.in_own_words():
            lead = locked(lead_id, by=self.membership, seen=seen)
            LEAD.check("submit", lead, self.membership)
            answers = checked_answers(lead.program, lead.draft, sent["terms_version"])
            lead = services.submit_lead(lead_id, program=lead.program, answers=answers, by=self.membership)
        return self.answer(lead)

    @described("discard", "Discard a draft")
    def discard(self, request: Request, lead_id: UUID) -> Response:
        """Put the draft away, out of sight."""
        self.lead_to_change("discard")
        seen = self.seen_version()
        NoBody.read(request.data)
        with self.in_own_words():
            locked(lead_id, by=self.membership, seen=seen)
            lead = services.discard_draft(lead_id, by=self.membership)
        return self.answer(lead)

    @described("restore", "Bring a discarded draft back")
    def restore(self, request: Request, lead_id: UUID) -> Response:
        """With its files, if it was discarded within the last day."""
        self.lead_to_change("restore")
        seen = self.seen_version()
        NoBody.read(request.data)
        with self.in_own_words():
            locked(lead_id, by=self.membership, seen=seen)
            lead = services.restore_draft(lead_id, by=self.membership)
        return self.answer(lead)

    @described("withdraw", "Withdraw a lead", WithdrawBody)
    def withdraw(self, request: Request, lead_id: UUID) -> Response:
        """Take the lead back. It cannot be reopened."""
        return self._take("withdraw", services.withdraw_lead, WithdrawBody)

    @described("answer", "Answer the vendor's question", AnswerBody)
    def give_answer(self, request: Request, lead_id: UUID) -> Response:
        """The lead goes back to where it was when the question came."""
        return self._take("give_info", services.answer_question, AnswerBody)

    @described("appeal", "Appeal a refusal", AppealBody)
    def appeal(self, request: Request, lead_id: UUID) -> Response:
        """Ask, once, that the lead be looked at again."""
        return self._take("appeal", services.appeal_lead, AppealBody)

    @described("ask_support", "Ask for sales support")
    def ask_support(self, request: Request, lead_id: UUID) -> Response:
        """On a lead that was submitted without it."""
        return self._take("ask_support", services.ask_for_support)

    @described("name_team", "Name owner and team", TeamBody)
    def name_team(self, request: Request, lead_id: UUID) -> Response:
        """Who of your organisation looks after the lead. They see it, whatever their role lets them see besides."""
        return self._take("name_team", services.name_team, TeamBody)

    @described("assign", "Assign a lead", AssignBody)
    def assign(self, request: Request, lead_id: UUID) -> Response:
        """Give the lead to a representative, or to another one. The status stays."""
        return self._take("assign", services.assign_lead, AssignBody)

    @described("undo_assign", "Undo an assignment")
    def undo_assign(self, request: Request, lead_id: UUID) -> Response:
        """Give the lead back to whoever had it, or to nobody, if nothing has happened to it since it was assigned."""
        return self._take("assign", services.undo_assignment)

    @described("mark_seen", "Mark a lead as seen")
    def mark_seen(self, request: Request, lead_id: UUID) -> Response:
        """It needs no representative (POS, without sales support) and waits in triage no more."""
        return self._take("mark_seen", services.mark_seen)

    @described("unmark_seen", "Put a lead back into triage")
    def unmark_seen(self, request: Request, lead_id: UUID) -> Response:
        """The way back of *mark-seen*."""
        return self._take("unmark_seen", services.unmark_seen)

    @described("start", "Put a lead in progress")
    def start(self, request: Request, lead_id: UUID) -> Response:
        """Its representative is in contact with the business."""
        return self._take("start", services.start_lead)

    @described("ask_info", "Ask for more information", QuestionBody)
    def ask_info(self, request: Request, lead_id: UUID) -> Response:
        """The lead waits for the partner's answer, then goes on where it was."""
        return self._take("ask_info", services.ask_for_information, QuestionBody)

    @described("correct_question", "Correct the open question", QuestionBody)
    def correct_question(self, request: Request, lead_id: UUID) -> Response:
        """The partner is told, and answers the question as it reads then."""
        return self._take("correct_question", services.correct_question, QuestionBody)

    @described("take_back_question", "Take the open question back", ReasonBody)
    def take_back_question(self, request: Request, lead_id: UUID) -> Response:
        """The lead goes back to where it was; the partner reads the text and need not answer."""
        return self._take("take_back_question", services.take_back_question, ReasonBody)

    @described("award", "Award a lead")
    def award(self, request: Request, lead_id: UUID) -> Response:
        """The partner earns a referral. Taking it back needs two people."""
        return self._take("award", services.award_lead)

    @described("refuse", "Find a lead not eligible", RefuseBody)
    def refuse(self, request: Request, lead_id: UUID) -> Response:
        """With a reason and an explanation, which the partner reads."""
        return self._take("refuse", services.refuse_lead, RefuseBody)

    @described("reopen", "Reopen a refused lead", ReasonBody)
    def reopen(self, request: Request, lead_id: UUID) -> Response:
        """It is *submitted* again; the refusal stays in the timeline."""
        return self._take("reopen", services.reopen_lead, ReasonBody)

    @described("question_award", "Ask to take an award back", ReasonBody)
    def question_award(self, request: Request, lead_id: UUID) -> Response:
        """A second person decides; until then the lead stays awarded."""
        return self._take("question_award", services.question_award, ReasonBody)

    @described("take_back_award", "Take an award back")
    def take_back_award(self, request: Request, lead_id: UUID) -> Response:
        """As the second person: the lead is in progress again."""
        return self._take("take_back_award", services.take_back_award)

    @described("keep_award", "Keep an award")
    def keep_award(self, request: Request, lead_id: UUID) -> Response:
        """As the second person: the request to take it back is closed."""
        return self._take("keep_award", services.keep_award)

    def _take(self, step: str, verb: Callable[..., Lead], body: type[Body] = NoBody) -> Response:
        """Who may comes first, then which version was read, then what was sent; the verb decides the rest."""
        self.lead_to_change(step)
        seen, sent = self.seen_version(), body.read(self.request.data)
        with self.in_own_words():
            lead = verb(self.kwargs["lead_id"], by=self.membership, seen=seen, **sent)
        return self.answer(lead)


ADDRESSES: dict[str, str] = {
    "submit": "submit",
    "discard": "discard",
    "restore": "restore",
    "withdraw": "withdraw",
    "answer": "give_answer",
    "appeal": "appeal",
    "ask-support": "ask_support",
    "name-team": "name_team",
    "assign": "assign",
    "undo-assign": "undo_assign",
    "mark-seen": "mark_seen",
    "unmark-seen": "unmark_seen",
    "start": "start",
    "ask-info": "ask_info",
    "correct-question": "correct_question",
    "take-back-question": "take_back_question",
    "award": "award",
    "refuse": "refuse",
    "reopen": "reopen",
    "question-award": "question_award",
    "take-back-award": "take_back_award",
    "keep-award": "keep_award",
}
"""The last part of the address → the action."""
