"""Many leads of one partner at once: whether each would be taken, and submitting them (E16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from leads.models import Lead, Program
from leads.selectors.verdicts import verdict_of
from leads.services.submission import fill_lead, may_submit, submit_lead
from leads.services.verdicts import Conflicting, follow_verdict, told_of
from leads.states import LEAD
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused


@dataclass(frozen=True)
class LeadToBe:
    """A row: the id of the lead that it makes, and the form's cleaned values by question, as `submit_lead` takes them.

    The caller gives the id, so that a row which is sent again is the same lead.
    """

    lead_id: UUID
    answers: dict[str, Any]


def check_many(
    rows: Sequence[LeadToBe], *, program: Program, by: Membership, review: str | None = None
) -> list[Refused | None]:
    """What `submit_many` would say of each row now, in their order; None where it would be taken. Writes nothing but
    how many verdicts were told today.

    A verdict of the conflict check is a `Conflicting`. Raises NotPermitted.
    """
    may_submit(by)
    return [_refusal(row, program=program, by=by, review=review) for row in rows]


@transaction.atomic
def submit_many(
    rows: Sequence[LeadToBe], *, program: Program, by: Membership, review: str | None = None
) -> list[Lead | Refused]:
    """Submit each row as `submit_lead` does, and what became of it, in their order: the lead, or why not.

    A row that is refused leaves nothing behind, and the others are submitted all the same. `review` is the partner's
    word with which rows go to review of which the conflict check found something. Raises NotPermitted, and
    AlreadySent where an id made a lead with other answers.
    """
    may_submit(by)
    return [_submitted(row, program=program, by=by, review=review) for row in rows]


def _refusal(row: LeadToBe, *, program: Program, by: Membership, review: str | None) -> Refused | None:
    partner = may_submit(by)
    lead = Lead(pk=row.lead_id, partner=partner, program=program, submitted_by=by)
    try:
        fill_lead(lead, row.answers)
        LEAD.check("submit", lead, by)
        found = verdict_of(lead.identity_keys, partner_id=partner.pk, lead_id=lead.pk)
        follow_verdict(lead, found, review=review)
    except Conflicting as conflict:
        return told_of(conflict)
    except Refused as refused:
        return refused
    return None


def _submitted(row: LeadToBe, *, program: Program, by: Membership, review: str | None) -> Lead | Refused:
    try:
        return submit_lead(row.lead_id, program=program, answers=row.answers, by=by, review=review)
    except Refused as refused:
        return refused
