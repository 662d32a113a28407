"""What was submitted is corrected: by its partner until a decision, by a channel manager at any time (states.md)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from leads.models import Lead
from leads.selectors import verdict_alone
from leads.selectors.corrections import answers_now, corrected_questions, may_correct, why_not_corrected
from leads.services.filling import count_keys
from leads.services.steps import LEADS, event_data
from leads.services.vendor_leads import keep_customer, known_customer
from leads.services.verdicts import check_conflicts, counts_told
from leads.states import LEAD
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Refused
from partnerhub.events.services import record
from partnerhub.records.values import plain
from partnerhub.roles import LEADS_SUBMIT, PARTNER


@counts_told
@transaction.atomic
def correct_lead(lead_id: UUID, *, answers: Mapping[str, Any], by: Membership, seen: int | None = None) -> Lead:
    """Write those of these answers (by question, checked by the form) that differ; the other side is told each.

    The receipt of what was sent first stays. A partner's correction to another business goes through the conflict
    check. Raises Conflicting, Refused where the lead is decided, Stale, Lead.DoesNotExist, NotPermitted.
    """
    if not may_correct(by):
        raise NotPermitted(LEADS_SUBMIT)
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    if reason := why_not_corrected(lead, by):
        raise Refused(reason, LEAD.allowed(lead, by))
    before = answers_now(lead)
    after = {name: "" if value is None else plain(value) for name, value in answers.items() if name in before}
    changed = {name: value for name, value in after.items() if value != before[name]}
    if not changed:
        return lead
    _write(lead, {name: answers[name] for name in changed}, by)
    record(
        "lead.corrected",
        lead,
        actor=by,
        before={name: before[name] for name in changed},
        after=changed,
        data=event_data(lead) | {"fields": sorted(changed)},
    )
    return lead


def _write(lead: Lead, answers: Mapping[str, Any], by: Membership) -> None:
    """Put the answers on the locked lead with what is computed of them, and on the partner's company and contact."""
    known = known_customer(lead, by=by)
    details = dict(lead.details)
    for question in corrected_questions(lead.program.kind):
        if question.name in answers and question.is_column:
            setattr(lead, question.name, answers[question.name] or "")
        elif question.name in answers:
            details[question.name] = plain(answers[question.name])
    lead.details = {name: value for name, value in details.items() if value not in (None, "")}
    keys = lead.identity_keys
    count_keys(lead)
    if keys != lead.identity_keys and lead.partner is not None:
        _look_again(lead, by)
    lead.version, lead.updated_at = lead.version + 1, now()
    if lead.partner_id is not None:
        keep_customer(lead, known, by=by)
    lead.save()


def _look_again(lead: Lead, by: Membership) -> None:
    """It is another business now. Raises Conflicting for a partner whom the check tells something."""
    assert lead.partner is not None  # noqa: S101 - the caller's own check, for the type checker
    if by.side == PARTNER:
        check_conflicts(lead, lead.partner, review=None)
    else:
        lead.conflict = verdict_alone(lead.identity_keys, partner_id=lead.partner.pk, lead_id=lead.pk).word
