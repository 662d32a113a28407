"""Protection begins with the lead's acceptance, is earned by activity, and ends: with the lead, or by the clock."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from leads.models import Lead
from leads.services import note_protection
from leads.states import Status as LeadStatus
from partnerhub.events.models import Event
from partnerhub.events.services import SYSTEM, record
from partnerhub.protection.models import Protection, end_of
from partnerhub.protection.selectors import rules_of_protection
from partnerhub.protection.services.records import PROTECTIONS, held_of
from partnerhub.protection.states import MONTH, REMINDED_AT, Status
from partnerhub.roles import PARTNER
from partnerhub.web.folding import fold

PROTECTIONS_SWEPT = 200


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


def sweep_protections() -> None:
    """Begin, remind and end what is due in the tenant that is named; each in a transaction of its own.

    What was accepted before there was protection begins now: nobody loses what was never counted.
    """
    accepted = Lead.objects.filter(status=LeadStatus.IN_PROGRESS, protected_until=None).order_by("submitted_at")
    for key in list(accepted.values_list("pk", flat=True)[:PROTECTIONS_SWEPT]):
        protect(key, now())
    due = Protection.objects.filter(_is_due(now()), status=Status.RUNNING).order_by("until")
    for key in list(due.values_list("pk", flat=True)[:PROTECTIONS_SWEPT]):
        _swept(key)


def _is_due(at: datetime) -> Q:
    """What is over, or of which a reminder is to be sent: what was reminded holds up nothing behind it."""
    found = Q(until__lte=at)
    for days in REMINDED_AT:
        unsent = Q(reminded=None) | Q(reminded__gt=days)
        found |= Q(until__lte=at + timedelta(days=days)) & unsent
    return found


@transaction.atomic
def _swept(key: UUID) -> None:
    held = PROTECTIONS.held(key)
    if held.status != Status.RUNNING:
        return
    if held.until <= now():
        PROTECTIONS.take("lapse", held, by=SYSTEM)
        return
    due = min((days for days in REMINDED_AT if held.days_left <= days), default=None)
    if due is not None and (held.reminded is None or due < held.reminded):
        PROTECTIONS.take("remind", held, by=SYSTEM, changes={"reminded": due}, data={"days": str(due)})


def _may_resume(held: Protection) -> bool:
    return held.status in {Status.KEPT, Status.ENDED}
