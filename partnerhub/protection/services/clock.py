"""Protection begins with the lead's acceptance, is earned by activity, and ends: with the lead, or by the clock."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from leads.models import Lead
from leads.services import note_protection
from leads.states import Status as LeadStatus
from partnerhub.events.models import Event
from partnerhub.events.services import SYSTEM, record
from partnerhub.protection.models import Protection, end_of
from partnerhub.protection.selectors import rules_of_protection
from partnerhub.protection.services.records import PROTECTIONS, held_of
from partnerhub.protection.states import MONTH, Status
from partnerhub.roles import PARTNER
from partnerhub.tenancy.sweeping import sweep_due
from partnerhub.web.folding import fold


@transaction.atomic
def protect(lead_id: UUID, at: datetime) -> Protection:
    """The lead is accepted, and protected as the rules say. One that was before goes on with what it had earned."""
    held = held_of(lead_id)
    if held is not None:
        return PROTECTIONS.take("resume", held, by=SYSTEM) if _may_resume(held) else held
    lead = Lead.objects.select_related("partner", "submitted_by").get(pk=lead_id)
    rules = rules_of_protection()
    protection = Protection(
        partner=lead.partner,
        lead=lead,
        company=lead.company,
        company_key=fold(lead.company)[:200],
        starts_at=at,
        until=end_of(at, [rules.base_days], rules.most_days),
        base_days=rules.base_days,
    )
    protection.save(force_insert=True)
    note_protection(lead_id, protection.until)
    after = {"status": Status.RUNNING.value, "base_days": rules.base_days, "until": protection.until.isoformat()}
    data = PROTECTIONS.event_data(protection) | {"starts_at": at.isoformat()}
    record("protection.started", protection, actor=SYSTEM, after=after, data=data)
    return protection


def note_activity(event: Event) -> None:
    """An act of the partner's on the lead: 15 more days, or what the rules say, once for each month of thirty days."""
    if event.actor_side != PARTNER:
        return
    held = held_of(event.subject_id)
    if held is None or held.status != Status.RUNNING or held.until <= event.occurred_at:
        return
    month = (event.occurred_at - held.starts_at) // MONTH
    if held.last_month is None or month > held.last_month:
        days = held.activity_days + rules_of_protection().activity_days
        PROTECTIONS.grant("count_activity", held, by=SYSTEM, activity_days=days, last_month=month)


def close(lead_id: UUID, *, is_kept: bool) -> None:
    """The lead is decided: its protection was kept, or is over."""
    held = held_of(lead_id)
    if held is not None and held.status == Status.RUNNING:
        PROTECTIONS.take("keep" if is_kept else "end", held, by=SYSTEM)


def sweep_protections() -> int:
    """Begin, remind and end what is due, in all tenants; how many.

    What was accepted before there was protection begins now: nobody loses what was never counted.
    """
    begun = sweep_due("unprotected_leads", _accepted, _begin)
    return begun + sweep_due("due_protections", PROTECTIONS.held_if_free, _sweep)


def _accepted(lead_id: UUID) -> Lead | None:
    """The lead, locked, where nobody is at it."""
    rows = Lead.objects.filter(pk=lead_id, status=LeadStatus.IN_PROGRESS, protected_until=None)
    return rows.select_for_update(skip_locked=True).only("pk").first()


def _begin(lead: Lead) -> bool:
    protect(lead.pk, now())
    return True


def _sweep(held: Protection) -> bool:
    if held.status != Status.RUNNING:
        return False
    if held.lead.status == LeadStatus.CONVERTED:  # by a release that let the protection run on
        PROTECTIONS.take("end", held, by=SYSTEM)
        return True
    if held.until <= now():
        PROTECTIONS.take("lapse", held, by=SYSTEM)
        return True
    due = held.reminder_due
    if due is None:
        return False
    PROTECTIONS.take("remind", held, by=SYSTEM, changes={"reminded": due}, data={"days": str(due)})
    return True


def _may_resume(held: Protection) -> bool:
    return held.status in {Status.KEPT, Status.ENDED}
