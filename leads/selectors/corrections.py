"""What of a lead is corrected after it was sent, by whom, and how it reads now (spec: states.md, Lead)."""

from typing import Any

from django.utils.translation import gettext as _

from leads.models import Lead
from leads.states import OPEN, Question, Status, questions_for
from leads.states.questions import Group
from partnerhub.actors import Seat
from partnerhub.errors import Reason
from partnerhub.records.values import plain
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, PARTNER

NEVER_CORRECTED = (Group.SUPPORT, Group.PERMISSION)
"""Sales support is asked for by a step of its own; what was agreed to stays as it was agreed to."""


def corrected_questions(kind: str) -> list[Question]:
    """The questions of a program's kind whose answers can be corrected."""
    return [question for question in questions_for(kind) if question.group not in NEVER_CORRECTED]


def answers_now(lead: Lead) -> dict[str, Any]:
    """The answers that can be corrected, by question, as JSON keeps them; nothing is an empty text."""
    found = {
        question.name: getattr(lead, question.name) if question.is_column else lead.details.get(question.name)
        for question in corrected_questions(lead.program.kind)
    }
    return {name: "" if value is None else plain(value) for name, value in found.items()}


def may_correct(membership: Seat) -> bool:
    """Whether this member corrects leads at all: who submits them, and who decides on them."""
    return membership.can(LEADS_SUBMIT if membership.side == PARTNER else LEADS_TRIAGE)


def why_not_corrected(lead: Lead, membership: Seat) -> Reason | None:
    """Why this lead, of a member who may correct leads, is not corrected now; None where it is."""
    if lead.objected_at is not None:
        return Reason("objected", _("The person objected to being referred: nothing of them is kept."))
    if membership.side == PARTNER and lead.status not in OPEN:
        return Reason("decided", _("The lead is decided. Write a message to add to it."))
    if lead.status in {Status.DRAFT, Status.DISCARDED}:
        return Reason("draft", _("The lead is not submitted yet."))
    return None
