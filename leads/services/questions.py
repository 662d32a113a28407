"""The vendor's question and what becomes of it: answered by the partner, corrected, or taken back."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from leads.models import Lead
from leads.services.steps import LEADS
from leads.states import LEAD
from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import names_with
from partnerhub.notes.mentions import newly_mentioned
from partnerhub.notes.models import SharedMessage
from partnerhub.notes.selectors import MESSAGE_ID, find_sent
from partnerhub.notes.services import attach_files, check_repetition, post_message
from partnerhub.records.values import needs_text
from partnerhub.roles import LEADS_SUBMIT

ANSWERS = "answers"
"""In the data of the event of a shared message: the question that it answers. The answer's own event tells of it."""


@LEADS.verb("ask_info")
@transaction.atomic
def ask_for_information(lead_id: UUID, *, question: str, by: Membership, seen: int | None = None) -> Lead:
    """Ask the partner a question; the lead waits until it is answered, then goes on where it was."""
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    LEAD.check("ask_info", lead, by)
    question = needs_text(question, "question")
    return LEADS.take(
        "ask_info",
        lead,
        by=by,
        changes={"question": question, "resume_to": lead.status},
        data={"question": question, "may_answer": _may_answer(lead)},
    )


@LEADS.verb("correct_question")
@transaction.atomic
def correct_question(lead_id: UUID, *, question: str, by: Membership, seen: int | None = None) -> Lead:
    """Put the open question in other words; the partner is told, and answers those.

    In the same words nothing changes and nobody is told. Raises Refused where no question is open any more.
    """
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    LEAD.check("correct_question", lead, by)
    question, former = needs_text(question, "question"), lead.question
    if question == former:
        return lead
    return LEADS.take(
        "correct_question",
        lead,
        by=by,
        changes={"question": question},
        data={"question": question, "former_question": former, "may_answer": _may_answer(lead)},
    )


@LEADS.verb("take_back_question")
@transaction.atomic
def take_back_question(lead_id: UUID, *, text: str, by: Membership, seen: int | None = None) -> Lead:
    """Take the open question back, with a word to the partner; the lead goes on where it was."""
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    LEAD.check("take_back_question", lead, by)
    text = needs_text(text, "text")
    return _goes_on("take_back_question", lead, by=by, data={"reason_text": text})


@LEADS.verb("give_info")
@transaction.atomic
def answer_question(
    lead_id: UUID, *, answer: str, by: Membership, seen: int | None = None, uploads: Sequence[Any] = ()
) -> Lead:
    """Answer the vendor's question, with files if there are any; the lead goes back to where it was.

    Raises Refused where no question is open, the text is missing or a file may not come in; nothing is kept then.
    """
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    LEAD.check("give_info", lead, by)
    answer = needs_text(answer, "answer")
    files = attach_files(lead, by=by, uploads=uploads) if uploads else []
    return _answered(lead, {"answer": answer}, files, by=by)


@transaction.atomic
def answer_by_message(
    lead_id: UUID,
    *,
    body: str,
    by: Membership,
    uploads: Sequence[Any] = (),
    once: UUID | None = None,
    seen: int | None = None,
    mentions: Iterable[UUID] = (),
) -> SharedMessage:
    """Share a message whose writer says that it answers the open question: message and answer, or nothing.

    Sent again with the same `once`, it is the message that is there already; AlreadySent where that was another one.
    Raises Refused as `answer_question`
    and `post_message` do, Stale where the question is another one by now.
    """
    LEADS.locked(
        lead_id, by=by, seen=None
    )  # before we look: of the same form sent twice at once, the second waits here
    if once and (sent := find_sent(lead_id, by=by, once=once)):
        check_repetition(sent, body=body, uploads=uploads)
        return sent
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    LEAD.check("give_info", lead, by)
    asked = {ANSWERS: lead.question}
    message = post_message(lead, by=by, body=body, uploads=uploads, once=once, data=asked, mentions=mentions)
    answer = {MESSAGE_ID: str(message.pk)} | newly_mentioned(message.mentions, by)
    _answered(lead, answer, message.files, by=by)
    return message


def _answered(lead: Lead, answer: dict[str, Any], files: Sequence[Any], *, by: Membership) -> Lead:
    data = {"question": lead.question, "files": [file.name for file in files]} | answer
    return _goes_on("give_info", lead, by=by, data=data)


def _goes_on(step: str, lead: Lead, *, by: Membership, data: dict[str, Any]) -> Lead:
    """No question is open any more, and the lead is where it was before."""
    changes = {"status": lead.resume_to, "question": "", "resume_to": ""}
    return LEADS.take(step, lead, by=by, changes=changes, data={"question": lead.question} | data)


def _may_answer(lead: Lead) -> list[str]:
    """Who may answer, by name: for those who are told and may not."""
    return names_with(LEADS_SUBMIT, lead.partner_id)
