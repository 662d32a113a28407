"""A channel manager decides between leads for one business: for all, for one, or by shares of the credit."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.selectors import leads_for
from leads.services import let_lead_stand, note_share, refuse_lead
from leads.services.steps import event_data
from leads.states import OPEN, ReasonCode
from leads.states import Status as LeadStatus
from partnerhub.accounts.models import Membership
from partnerhub.conflicts.models import ConflictCase, CreditShare
from partnerhub.conflicts.selectors import COUNTS, leads_of_case
from partnerhub.conflicts.services.records import CASES, decider_of
from partnerhub.conflicts.states import CASE
from partnerhub.errors import Reason, Refused
from partnerhub.events.services import record
from partnerhub.records.values import needs_text

ALL_PERCENT = 100


@CASES.verb("stand")
@transaction.atomic
def let_all_stand(case_id: UUID, *, text: str, by: Membership, seen: int | None = None) -> ConflictCase:
    """The lead goes on beside those that it collides with; each partner is told why. Raises Refused, Stale."""
    case, leads = _locked(case_id, "stand", by=by, seen=seen)
    text = needs_text(text, "text")
    done = CASES.take("stand", case, by=by, changes={"reason": text} | decider_of(by), data={"reason_text": text})
    let_lead_stand(case.lead_id, by=by, told={"reason_text": text})
    _tell(_rivals(case, leads), {"reason_text": text}, by=by)
    return done


@CASES.verb("decide")
@transaction.atomic
def decide_for_one(case_id: UUID, *, winner: UUID, text: str, by: Membership, seen: int | None = None) -> ConflictCase:
    """One lead goes on, and the open ones beside it are not eligible; each partner is told why.

    Raises Refused where the lead is none of the case's, or another one is awarded or a deal already; Stale.
    """
    case, leads = _locked(case_id, "decide", by=by, seen=seen)
    chosen = leads.get(winner)
    missing = [] if chosen else [Reason("winner", _("Choose one of the leads."), field="winner")]
    text = needs_text(text, "text", missing)
    losing = [lead for lead in leads.values() if lead.pk != winner]
    if deals := [lead.reference for lead in losing if lead.status == LeadStatus.CONVERTED]:
        words = {"leads": ", ".join(deals)}
        raise Refused(
            Reason(
                "converted", _("%(leads)s goes on as a deal. What comes of it is decided there.") % words, final=True
            )
        )
    if awarded := [lead.reference for lead in losing if lead.status not in OPEN]:
        words = {"leads": ", ".join(awarded)}
        raise Refused(Reason("awarded", _("%(leads)s is awarded. Taking an award back needs two people.") % words))
    changes = {"reason": text, "winner": chosen} | decider_of(by)
    done = CASES.take("decide", case, by=by, changes=changes, data={"reason_text": text})
    for lead in losing:
        refuse_lead(lead.pk, code=ReasonCode.DUPLICATE, text=text, by=by)
    if winner == case.lead_id:
        let_lead_stand(winner, by=by, told={"reason_text": text})
    else:
        _tell([leads[winner]], {"reason_text": text}, by=by)
    return done


@CASES.verb("split")
@transaction.atomic
def split_credit(
    case_id: UUID, *, shares: Sequence[Mapping[str, Any]], text: str, by: Membership, seen: int | None = None
) -> ConflictCase:
    """The leads go on, and the credit is split: `shares` are {lead, percent}, for leads of two partners or more.

    Raises Refused where they are not 100 together, or the credit for one of the leads is split already; Stale.
    """
    case, leads = _locked(case_id, "split", by=by, seen=seen)
    parts = {share["lead"]: share["percent"] for share in shares}
    text = needs_text(text, "text", _wrong_shares(case, leads, shares))
    done = CASES.take("split", case, by=by, changes={"reason": text} | decider_of(by), data={"reason_text": text})
    CreditShare.objects.bulk_create(
        CreditShare(case=case, lead=leads[key], partner_id=cast(UUID, leads[key].partner_id), percent=percent)
        for key, percent in parts.items()
    )
    for key, percent in parts.items():
        note_share(key, percent)
    let_lead_stand(case.lead_id, by=by, told={"reason_text": text, "share": parts[case.lead_id]})
    for lead in _rivals(case, leads):
        share = {"share": parts[lead.pk]} if lead.pk in parts else {}
        _tell([lead], {"reason_text": text} | share, by=by)
    return done


def _locked(case_id: UUID, step: str, *, by: Membership, seen: int | None) -> tuple[ConflictCase, dict[UUID, Lead]]:
    """The case and those of its leads that still count, all locked, the leads first and in one order: two cases may be
    about the same ones. Raises Refused where the step is not possible, Stale, ConflictCase.DoesNotExist."""
    case = CASES.rows(by).get(pk=case_id)
    keys = [case.lead_id, *case.rivals]
    list(leads_for(by).select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
    case = CASES.locked(case_id, by=by, seen=seen)
    CASE.check(step, case, by)
    return case, {lead.pk: lead for lead in leads_of_case(case).filter(status__in=COUNTS)}


def _wrong_shares(case: ConflictCase, leads: Mapping[UUID, Lead], shares: Sequence[Mapping[str, Any]]) -> list[Reason]:
    """What is wrong with the shares, each thing once; nothing where they can be written."""
    parts = {share["lead"]: share["percent"] for share in shares}
    known = [leads[key] for key in parts if key in leads]
    wrong = []
    if len(known) < len(shares) or case.lead_id not in parts:
        wrong.append(_("Give a share to the lead in review, and to others of this conflict, each once."))
    if len({lead.partner_id for lead in known}) < 2:
        wrong.append(_("Give shares to at least two partners."))
    if any(not 0 < percent < ALL_PERCENT for percent in parts.values()) or sum(parts.values()) != ALL_PERCENT:
        wrong.append(_("The shares have to be whole percents, none of them 0, and 100 together."))
    if CreditShare.objects.filter(lead__in=known).exists():
        wrong.append(_("The credit for one of these leads is split already."))
    return [Reason("shares", text, field="shares") for text in wrong]


def _rivals(case: ConflictCase, leads: Mapping[UUID, Lead]) -> list[Lead]:
    return [lead for key, lead in leads.items() if key != case.lead_id]


def _tell(leads: Sequence[Lead], told: dict[str, Any], *, by: Membership) -> None:
    """Tell the partner of each lead that goes on as it was: the reason, its own share, and nothing of the others."""
    for lead in leads:
        record("lead.conflict_decided", lead, actor=by, data=event_data(lead) | told)
