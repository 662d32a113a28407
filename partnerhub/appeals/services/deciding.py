"""Another person decides on an appeal; or the lead is decided by another road, and the appeal with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from leads.models import NEVER, Lead
from leads.services import look_again, refuse_again
from leads.states import ReasonCode
from leads.states import Status as LeadStatus
from partnerhub.accounts.models import Membership
from partnerhub.appeals.models import Appeal
from partnerhub.appeals.services.records import APPEALS
from partnerhub.appeals.states import APPEAL_MACHINE, Status
from partnerhub.clocks.models import Clock
from partnerhub.clocks.services import run_until
from partnerhub.clocks.states import Clocked
from partnerhub.errors import Reason
from partnerhub.events.models import Audience, Event
from partnerhub.events.services import SYSTEM, record
from partnerhub.records.values import needs_text
from partnerhub.tenancy.sweeping import sweep_due
from partnerhub.web.folding import fold


def open_appeal(event: Event) -> None:
    """The appeal that the event of a lead tells of; its clock, which begins with that too, says when it is due."""
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
        due_at=NEVER,
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
    """Tell the vendor's people, once, of what is late, in all tenants; of how many.

    Appeals of an older release get their clocks, by which they are due as they were promised.
    """
    sweep_due("appeals_without_clocks", APPEALS.held_if_free, _give_clock)
    return sweep_due("due_appeals", APPEALS.held_if_free, _warn)


def move_appeals(due: Mapping[UUID, datetime | None]) -> None:
    """By when the appeals of these leads are to be decided; None: their clock is paused."""
    appeals = list(Appeal.objects.filter(lead__in=due, status=Status.OPEN))
    for appeal in appeals:
        appeal.due_at = due[appeal.lead_id] or NEVER
    Appeal.objects.bulk_update(appeals, ["due_at"])


def remind_deciders(clock: Clock) -> None:
    """Tell who may decide that little time is left."""
    appeal = APPEALS.joined().filter(lead=clock.lead_id, status=Status.OPEN).first()
    if appeal is not None:
        record("appeal.reminded", appeal, actor=SYSTEM, data=APPEALS.event_data(appeal), audience=Audience.VENDOR)


def _give_clock(held: Appeal) -> bool:
    """The one that it would have, with the time that was promised; while a question is open, none."""
    lead = Lead.objects.select_related("program").get(pk=held.lead_id)
    if held.status != Status.OPEN or lead.status != LeadStatus.SUBMITTED:
        return False
    move_appeals({lead.pk: run_until(lead, Clocked.APPEAL, held.created_at, held.due_at)})
    return True


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
