"""What the partner does with a submitted lead."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from leads.models import Lead
from leads.services.steps import LEADS
from leads.states import LEAD
from partnerhub.accounts.models import Membership
from partnerhub.notes.services import attach_files
from partnerhub.records.values import needs_text


@LEADS.verb("withdraw")
@transaction.atomic
def withdraw_lead(
    lead_id: UUID, *, reason: str = "", by: Membership, seen: int | None = None, together: UUID | None = None
) -> Lead:
    """Take the lead back. It can't be reopened; it would have to be submitted again.

    `together` is a name for the act that withdraws many: nobody gets a letter of each.
    """
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    LEAD.check("withdraw", lead, by)
    reason = reason.strip() and needs_text(reason, "reason")
    return LEADS.take(
        "withdraw",
        lead,
        by=by,
        changes={"question": "", "resume_to": ""},
        data={"reason_text": reason} | ({"together": str(together)} if together else {}),
    )


@LEADS.verb("ask_support")
@transaction.atomic
def ask_for_support(lead_id: UUID, *, by: Membership, seen: int | None = None) -> Lead:
    """Ask for sales support on a lead that was submitted without it (A13); its wording changes with it (A8)."""
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    return LEADS.take("ask_support", lead, by=by, changes={"sales_support": True, "is_seen": False})


@LEADS.verb("appeal")
@transaction.atomic
def appeal_lead(
    lead_id: UUID, *, text: str, by: Membership, seen: int | None = None, uploads: Sequence[Any] = ()
) -> Lead:
    """Ask, once, that a refused lead be looked at again (E3), with files if there are any. Both stay in the timeline.

    Raises Refused where the text is missing or a file may not come in; nothing is kept then.
    """
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    LEAD.check("appeal", lead, by)
    text = needs_text(text, "text")
    files = attach_files(lead, by=by, uploads=uploads) if uploads else []
    return LEADS.take(
        "appeal",
        lead,
        by=by,
        changes={"appeal_text": text, "reason_code": "", "reason_text": "", "is_seen": False},
        data={"appeal_text": text, "files": [file.name for file in files]},
    )
