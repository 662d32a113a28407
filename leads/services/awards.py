"""Taking an award back needs two people (E4)."""

from typing import Any
from uuid import UUID

from django.db import transaction

from leads.models import Lead
from leads.services.steps import LEADS
from leads.states import LEAD
from partnerhub.accounts.models import Membership
from partnerhub.records.values import needs_text

ANSWERED: dict[str, Any] = {"award_questioned_by": None, "award_questioned_person": None, "award_question": ""}


@LEADS.verb("question_award")
@transaction.atomic
def question_award(lead_id: UUID, *, text: str, by: Membership, seen: int | None = None) -> Lead:
    """Ask a second person to take the award back, with the reason. The lead stays awarded until they decide."""
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    LEAD.check("question_award", lead, by)
    text = needs_text(text, "text")
    return LEADS.take(
        "question_award",
        lead,
        by=by,
        changes={
            "award_questioned_by": by,
            "award_questioned_person": by.person_id,
            "award_question": text,
        },
        data={"reason_text": text},
    )


@LEADS.verb("take_back_award")
@transaction.atomic
def take_back_award(lead_id: UUID, *, by: Membership, seen: int | None = None) -> Lead:
    """As the second person: the award is taken back and the lead is in progress again."""
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    reason = lead.award_question
    return LEADS.take(
        "take_back_award",
        lead,
        by=by,
        changes=ANSWERED,
        data={"reason_text": reason},
    )


@LEADS.verb("keep_award")
@transaction.atomic
def keep_award(lead_id: UUID, *, by: Membership, seen: int | None = None) -> Lead:
    """As the second person: the award stays."""
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    return LEADS.take("keep_award", lead, by=by, changes=ANSWERED)
