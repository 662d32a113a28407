"""What the partner does with a submitted lead."""

from typing import Any
from uuid import UUID

from django.db import transaction

from leads.models import Lead
from leads.services.steps import locked, needs_text, take
from leads.states import LEAD


@transaction.atomic
def withdraw_lead(lead_id: UUID, *, reason: str = "", by: Any, seen: int | None = None) -> Lead:
    """Take the lead back. It can't be reopened; it would have to be submitted again."""
    lead = locked(lead_id, by=by, seen=seen)
    LEAD.check("withdraw", lead, by)
    reason = reason.strip() and needs_text(reason, "reason")
    return take(
        "withdraw",
        lead,
        by=by,
        event="lead.withdrawn",
        changes={"question": "", "resume_to": ""},
        data={"reason_text": reason},
    )


@transaction.atomic
def ask_for_support(lead_id: UUID, *, by: Any, seen: int | None = None) -> Lead:
    """Ask for sales support on a lead that was submitted without it (A13); its wording changes with it (A8)."""
    lead = locked(lead_id, by=by, seen=seen)
    return take(
        "ask_support", lead, by=by, event="lead.support_asked", changes={"sales_support": True, "is_seen": False}
    )


@transaction.atomic
def appeal_lead(lead_id: UUID, *, text: str, by: Any, seen: int | None = None) -> Lead:
    """Ask, once, that a refused lead be looked at again (E3). Refusal and appeal both stay in the timeline."""
    lead = locked(lead_id, by=by, seen=seen)
    LEAD.check("appeal", lead, by)
    text = needs_text(text, "text")
    return take(
        "appeal",
        lead,
        by=by,
        event="lead.appealed",
        changes={"appeal_text": text, "reason_code": "", "reason_text": "", "is_seen": False},
        data={"appeal_text": text},
    )
