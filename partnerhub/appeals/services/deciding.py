"""Another person decides on an appeal; or the lead is decided by another road, and the appeal with it."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.services import look_again, refuse_again
from leads.states import ReasonCode
from partnerhub.accounts.models import Membership
from partnerhub.appeals.models import Appeal
from partnerhub.appeals.services.records import APPEALS
from partnerhub.appeals.states import APPEAL_MACHINE, Status
from partnerhub.errors import Reason
from partnerhub.events.models import Event
from partnerhub.events.services import SYSTEM
from partnerhub.records.values import needs_text
from partnerhub.tenancy.sweeping import sweep_due
from partnerhub.web.folding import fold


def open_appeal(event: Event) -> None:
    """The appeal that the event of a lead tells of; its clock begins."""
    lead, told = Lead.objects.get(pk=event.subject_id), event.data
    Appeal.objects.create(
        partner_id=cast(UUID, lead.partner_id),  # whose member appeals
        lead=lead,
        appealed_by_id=cast(UUID, event.actor_id),  # a member appeals
        company=lead.company,
        company_key=fold(lead.company)[:200],
        text=told["appeal_text"],
        refused_code=event.before.get("reason_code", ""),
        refused_text=event.before.get("reason_text", ""),
        refused_person=lead.refused_person,
        due_at=event.occurred_at + timedelta(days=settings.APPEAL_DAYS),
    )


@APPEALS.verb("uphold")
@transaction.atomic
def uphold(appeal_id: UUID, *, text: str, by: Membership, seen: int | None = None) -> Appeal:
    """The lead is looked at again. Raises Refused for whoever refused it, by whatever seat or token."""
    held = APPEALS.locked(appeal_id, by=by, seen=seen)
    APPEAL_MACHINE.check("uphold", held, by)
    text = needs_text(text, "text")
    changes = {"answer": text} | _decider(by)
    done = APPEALS.take("uphold", held, by=by, changes=changes, data={"reason_text": text})
    look_again(held.lead_id)
    return done


@APPEALS.verb("reject")
@transaction.atomic
def reject(appeal_id: UUID, *, code: str, text: str, by: Membership, seen: int | None = None) -> Appeal:
    """The lead is not eligible, with a code and a text that the partner reads. Raises Refused as `uphold` does."""
    held = APPEALS.locked(appeal_id, by=by, seen=seen)
    APPEAL_MACHINE.check("reject", held, by)
    missing = [] if code in ReasonCode.values else [Reason("code", _("Choose a reason."), field="code")]
    text = needs_text(text, "text", missing)
    done = APPEALS.take("reject", held, by=by, changes=_rejection(code, text, _decider(by)), data=_told(code, text))
    refuse_again(held.lead_id, code=code, text=text, by=by)
    return done


@transaction.atomic
def decided_with_lead(event: Event) -> None:
    """The lead was refused, taken up, awarded or withdrawn by another road: the appeal is over with it."""
    key = Appeal.objects.filter(lead=event.subject_id, status=Status.OPEN).values_list("pk", flat=True).first()
    if key is None:
        return
    held = APPEALS.held(key)
    match event.kind:
        case "lead.withdrawn" | "lead.objected":
            APPEALS.take("end", held, by=SYSTEM)
        case "lead.refused":
            code, text = event.data["reason_code"], event.data["reason_text"]
            changes = _rejection(code, text, _decider_of(event))
            APPEALS.take("rejected_with_lead", held, by=SYSTEM, changes=changes, data=_told(code, text))
        case _:
            APPEALS.take("upheld_with_lead", held, by=SYSTEM, changes=_decider_of(event))


def sweep_appeals() -> int:
    """Tell the vendor's people, once, of what is late, in all tenants; of how many."""
    return sweep_due("due_appeals", APPEALS.held_if_free, _warn)


def _warn(held: Appeal) -> bool:
    is_late = held.status == Status.OPEN and not held.is_late and held.due_at <= now()
    if is_late:
        APPEALS.take("warn", held, by=SYSTEM, changes={"is_late": True})
    return is_late


def _rejection(code: str, text: str, decider: dict[str, str]) -> dict[str, Any]:
    return {"code": code, "answer": text} | decider


def _decider(by: Membership) -> dict[str, str]:
    token, maker = (by.token.name, by.token.maker_name) if by.token else ("", "")
    return {"decided_by": by.name, "decided_token": token, "decided_maker": maker}


def _decider_of(event: Event) -> dict[str, str]:
    """Who decided on the lead, and the appeal with it."""
    name, token, maker = event.who_parts
    return {"decided_by": name, "decided_token": token, "decided_maker": maker}


def _told(code: str, text: str) -> dict[str, Any]:
    return {"reason_code": code, "reason_word": str(ReasonCode(code).label), "reason_text": text}
