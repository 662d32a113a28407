"""The vendor side's decisions on a lead."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.selectors import representative_kept
from leads.services.returned import covers
from leads.services.steps import LEADS
from leads.states import LEAD, ReasonCode
from partnerhub.absences.cover import working_for
from partnerhub.accounts.models import Membership
from partnerhub.errors import Reason, Refused, Stale
from partnerhub.events.models import Event
from partnerhub.records.differences import people_in, rows_of
from partnerhub.records.values import needs_text
from partnerhub.web.folding import fold
from partnerhub.web.lists.bulk import Chosen, each

Result = Lead | Refused | Stale
ASSIGNED = "lead.assigned"
LEAD_GONE = _("This lead is not there any more.")


@LEADS.verb("assign")
@transaction.atomic
def assign_lead(lead_id: UUID, *, to: UUID, by: Membership, seen: int | None = None) -> Lead:
    """Give the lead to a representative, or to another one; to the deputy of one who is away. The status stays.

    Where the lead is theirs already, nothing changes and nobody is told.
    Raises Refused where the member can't represent leads, Stale, Lead.DoesNotExist.
    """
    # The seat before the lead: whoever takes the seat away locks so, too.
    representative = representative_kept(working_for(to) or to)
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    LEAD.check("assign", lead, by)
    return _assign(lead, _able(representative), by=by, told=covers(to, representative))


@transaction.atomic
def assign_leads(
    chosen: Mapping[UUID, int | None], *, to: UUID, by: Membership, together: UUID | None = None
) -> dict[UUID, Result]:
    """Give several leads (id → version seen) to a representative; a result for each, one does not hold up another.

    `together` is a name for the whole act, by which `undo_assignments` finds it.
    """
    representative = _able(representative_kept(working_for(to) or to))
    told = covers(to, representative) | ({"together": str(together)} if together else {})
    return each(
        chosen,
        lambda lead_id, seen: _assign(LEADS.locked(lead_id, by=by, seen=seen), representative, by=by, told=told),
        gone=LEAD_GONE,
    )


@LEADS.verb("undo_assign")
@transaction.atomic
def undo_assignment(lead_id: UUID, *, by: Membership, seen: int | None = None) -> Lead:
    """Give the lead back to whoever had it before its last change, which was an assignment; or to nobody.

    Whoever may assign may undo. Raises Stale, Refused where something else has happened to the lead since or the
    former representative has left, Lead.DoesNotExist.
    """
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    LEAD.check("assign", lead, by)
    undone = Event.objects.filter(subject_id=lead.pk, kind=ASSIGNED, data__version=lead.version).first()
    if undone is None:
        raise Refused(Reason("not-last", _("The lead has changed since it was assigned.")))
    former, lost = _former(undone), lead.representative
    return LEADS.undo(
        "undo_assign",
        lead,
        by=by,
        changes={"representative": former, "representative_key": fold(former.name)[:200] if former else ""},
        data={
            "undoes": str(undone.pk),
            "unassigned_id": str(lead.representative_id),
            "unassigned_name": lost.name if lost else "",
        },
    )


@transaction.atomic
def undo_assignments(chosen: Chosen, *, by: Membership, together: UUID) -> dict[UUID, Result]:
    """Undo what one act has assigned (id → version after it); a result for each lead.

    What somebody else assigned before stays: a lead that had this representative already was not changed by the act.
    """
    acts = Event.objects.filter(subject_id__in=[*chosen], kind=ASSIGNED, data__together=str(together))
    changed = set(acts.values_list("subject_id", flat=True))

    def undo(lead_id: UUID, seen: int | None) -> Lead:
        if lead_id not in changed:
            raise Refused(Reason("unchanged", _("The lead had this representative before.")))
        return undo_assignment(lead_id, by=by, seen=seen)

    return each(chosen, undo, gone=LEAD_GONE)


def differences_of(stale: Mapping[UUID, Stale]) -> dict[UUID, list[str]]:
    """What others have changed meanwhile, in words, for each lead. One statement at most."""
    names = people_in(LEADS, (result.difference for result in stale.values()))
    return {
        key: [f"{row['label']}: {row['seen']} → {row['now']}" for row in rows_of(LEADS, result.difference, names)]
        for key, result in stale.items()
    }


@LEADS.verb("mark_seen")
@transaction.atomic
def mark_seen(lead_id: UUID, *, by: Membership, seen: int | None = None) -> Lead:
    """Somebody has looked at a lead that needs no representative: it leaves *Unassigned*. The partner hears nothing."""
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    return LEADS.take("mark_seen", lead, by=by, changes={"is_seen": True})


@LEADS.verb("unmark_seen")
@transaction.atomic
def unmark_seen(lead_id: UUID, *, by: Membership, seen: int | None = None) -> Lead:
    """The way back of `mark_seen`: the lead waits in *Unassigned* again."""
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    return LEADS.take("unmark_seen", lead, by=by, changes={"is_seen": False})


@LEADS.verb("let_stand")
@transaction.atomic
def let_lead_stand(
    lead_id: UUID, *, by: Membership, seen: int | None = None, told: Mapping[str, Any] | None = None
) -> Lead:
    """End the review of a lead of which the conflict check found something: it goes on as any other (rulings 2).

    `told` is what the conflict desk tells the partner besides: `reason_text`, and its `share` of the credit.
    """
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    return LEADS.take("let_stand", lead, by=by, changes={"is_in_review": False}, data=told)


def review_over(lead: Lead) -> dict[str, Any]:
    """What an award writes on a lead beside the rest: its review, if there was one, is decided by it."""
    return {"is_in_review": False} if lead.is_in_review else {}


@LEADS.verb("start")
@transaction.atomic
def start_lead(lead_id: UUID, *, by: Membership, seen: int | None = None) -> Lead:
    """Put the lead in progress: its representative is in contact with the business."""
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    return LEADS.take("start", lead, by=by, changes={"refused_person": None})


@LEADS.verb("award")
@transaction.atomic
def award_lead(lead_id: UUID, *, by: Membership, seen: int | None = None) -> Lead:
    """Award the lead and so earn its partner a referral (heard by referrals in the same transaction)."""
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    return LEADS.take(
        "award",
        lead,
        by=by,
        changes={"refused_person": None, **review_over(lead)},
        data={"merchant": lead.company, "terms_version": lead.terms_version, "country": str(lead.country)},
    )


@LEADS.verb("refuse")
@transaction.atomic
def refuse_lead(lead_id: UUID, *, code: str, text: str, by: Membership, seen: int | None = None) -> Lead:
    """Find the lead not eligible, with a code and a text that the partner reads (E3)."""
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    LEAD.check("refuse", lead, by)
    missing = [] if code in ReasonCode.values else [Reason("code", _("Choose a reason."), field="code")]
    text = needs_text(text, "text", missing)
    changes, data = refusal(lead, code, text, by)
    return LEADS.take("refuse", lead, by=by, changes=changes, data=data)


def refusal(lead: Lead, code: str, text: str, by: Membership) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a refusal writes on the lead, and what its event says."""
    reason = {"reason_code": code, "reason_text": text}
    word = str(ReasonCode(code).label)
    changes = reason | {"refused_person": by.person_id, "question": "", "resume_to": ""}
    return changes, reason | {"reason_word": word, "appealed": bool(lead.appeal_text)}


def award_leads(
    chosen: Mapping[UUID, int | None], *, by: Membership, together: UUID | None = None
) -> dict[UUID, Result]:
    """Award several leads (id → version seen); a result for each, one does not hold up another (E15)."""
    return each(chosen, lambda lead_id, seen: award_lead(lead_id, by=by, seen=seen), gone=LEAD_GONE)


def refuse_leads(
    chosen: Mapping[UUID, int | None], *, code: str, text: str, by: Membership, together: UUID | None = None
) -> dict[UUID, Result]:
    """Find several leads not eligible, for one reason; a result for each, one does not hold up another (E15)."""
    return each(
        chosen, lambda lead_id, seen: refuse_lead(lead_id, code=code, text=text, by=by, seen=seen), gone=LEAD_GONE
    )


@LEADS.verb("reopen")
@transaction.atomic
def reopen_lead(lead_id: UUID, *, text: str, by: Membership, seen: int | None = None) -> Lead:
    """Look at a lead again that was found not eligible. The refusal stays in the timeline."""
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    LEAD.check("reopen", lead, by)
    text = needs_text(text, "text")
    return LEADS.take(
        "reopen",
        lead,
        by=by,
        changes={"reason_code": "", "reason_text": "", "refused_person": None, "is_seen": False},
        data={"reason_text": text},
    )


def _able(representative: Membership | None) -> Membership:
    if representative is None:
        raise Refused(Reason("representative", _("Choose one of the vendor's representatives."), field="to"))
    return representative


def _former(undone: Event) -> Membership | None:
    """Whose the lead was before this assignment."""
    former_id = undone.before["representative"]
    if former_id is None:
        return None
    former = representative_kept(UUID(former_id))
    if former is None:
        raise Refused(Reason("former-left", _("The former representative does not look after leads any more.")))
    return former


def _assign(lead: Lead, to: Membership, *, by: Membership, told: Mapping[str, Any]) -> Lead:
    LEAD.check("assign", lead, by)
    if lead.representative_id == to.pk:
        return lead
    return LEADS.take(
        "assign",
        lead,
        by=by,
        changes={"representative": to, "representative_key": fold(to.name)[:200]},
        data={"assigned_to": to.name, **told},
    )
