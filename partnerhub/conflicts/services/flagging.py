"""Fraud flags (rulings 13): the worker looks at what came in, and holds for review what somebody has to look at."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import now

from deals.identity import BusinessFacts, keys_of, mail_domain
from leads.models import Lead
from leads.services import hold_for_review, refuse_lead
from leads.states import OPEN, Conflict, Origin, ReasonCode
from partnerhub.accounts.models import Membership
from partnerhub.conflicts.models import ConflictCase, FlagWatch
from partnerhub.conflicts.selectors import rivals_of
from partnerhub.conflicts.services.opening import open_case
from partnerhub.conflicts.services.records import CASES, decider_of
from partnerhub.conflicts.states import CASE, Flag, Status
from partnerhub.events.services import SYSTEM
from partnerhub.partners.models import Partner
from partnerhub.records.values import needs_text

LEADS_LOOKED_AT = 200
LEADS_AGAIN = timedelta(minutes=10)
"""What was submitted shortly before is looked at once more: its transaction may have ended later."""
FIRST_LOOK = timedelta(days=1)
PEOPLE_READ = 500
NO_LEAD = UUID(int=0)


def look_for_flags() -> None:
    """Look at the open leads of partners that came in since the last time, in their order; at most so many at once, the
    next run goes on from there."""
    begun, watch = now(), FlagWatch.objects.first()
    until, last = (watch.looked_until, watch.looked_id) if watch else (begun - FIRST_LOOK, NO_LEAD)
    rows = Lead.objects.filter(status__in=OPEN, submitted_at__gte=until).exclude(submitted_at=until, pk__lte=last)
    batch = list(rows.select_related("partner").order_by("submitted_at", "pk")[:LEADS_LOOKED_AT])
    for lead in _unflagged(batch):
        if flags := flags_of(lead):
            flag(lead.pk, flags)
    until, last = (
        (batch[-1].submitted_at or until, batch[-1].pk)
        if len(batch) == LEADS_LOOKED_AT
        else (begun - LEADS_AGAIN, NO_LEAD)
    )
    FlagWatch.objects.update_or_create(defaults={"looked_until": until, "looked_id": last})


def open_missing_cases() -> None:
    """Open the cases of leads in review that have none: a release without the desk has taken them in."""
    case = ConflictCase.objects.filter(lead=OuterRef("pk"), status=Status.OPEN)
    waiting = Lead.objects.filter(~Exists(case), is_in_review=True, status__in=OPEN, partner__isnull=False)
    for key in list(waiting.order_by("submitted_at").values_list("pk", flat=True)[:LEADS_LOOKED_AT]):
        with transaction.atomic():
            locked = waiting.select_for_update(of=("self",), skip_locked=True, no_key=True).filter(pk=key)
            if locked.exists():
                open_case(key)


def _unflagged(leads: Iterable[Lead]) -> list[Lead]:
    """Those of partners that were not flagged before: a case keeps its flags when it is decided."""
    found = [lead for lead in leads if lead.partner_id and lead.origin != Origin.VENDOR]
    cases = ConflictCase.objects.filter(lead__in=[lead.pk for lead in found]).exclude(flags=[])
    before = set(cases.values_list("lead", flat=True))
    return [lead for lead in found if lead.pk not in before]


def flags_of(lead: Lead) -> list[str]:
    """What has to be looked at before the lead goes on; empty for most. Three statements at most."""
    flags = {
        Flag.OWN_BUSINESS: bool(lead.partner and set(lead.identity_keys) & own_keys(lead.partner)),
        Flag.TWO_PARTNERS: lead.conflict == Conflict.FREE and bool(rivals_of(lead)),
        Flag.BURST: lead.origin == Origin.INTAKE and _came_within_an_hour(lead) > settings.INTAKE_BURST,
    }
    return [name.value for name, is_so in flags.items() if is_so]


def own_keys(partner: Partner) -> set[str]:
    """What the partner itself is found by: its website, and the domains from which its people write."""
    people = Membership.objects.filter(partner=partner, is_active=True).values_list("user__email", flat=True)
    domains = {domain for email in people[:PEOPLE_READ] if (domain := mail_domain(email))}
    return {*keys_of(BusinessFacts(website=partner.website)), *(f"d:{domain}" for domain in domains)}


@transaction.atomic
def flag(lead_id: UUID, flags: list[str]) -> ConflictCase:
    """Hold the lead, and say why on its case; one that stands open already gets the flags too."""
    hold_for_review(lead_id)
    key = ConflictCase.objects.filter(lead=lead_id, status=Status.OPEN).values_list("pk", flat=True).first()
    case = CASES.held(key or open_case(lead_id).pk)
    return CASES.take("flag", case, by=SYSTEM, changes={"flags": flags, "has_open_flags": True})


@CASES.verb("clear_flags")
@transaction.atomic
def clear_flags(case_id: UUID, *, note: str, by: Membership, seen: int | None = None) -> ConflictCase:
    """There was nothing in it, with what was found. Raises Refused, Stale."""
    case = CASES.locked(case_id, by=by, seen=seen)
    CASE.check("clear_flags", case, by)
    changes = {"flags_note": needs_text(note, "note"), "has_open_flags": False}
    return CASES.take("clear_flags", case, by=by, changes=changes, data={"reason_text": changes["flags_note"]})


@CASES.verb("confirm_flags")
@transaction.atomic
def confirm_flags(case_id: UUID, *, note: str, text: str, by: Membership, seen: int | None = None) -> ConflictCase:
    """There was something in it: the lead is not eligible. The partner reads `text`, and nothing of the flags."""
    case = CASES.locked(case_id, by=by, seen=seen)
    CASE.check("confirm_flags", case, by)
    note, text = needs_text(note, "note"), needs_text(text, "text")
    changes: Mapping[str, object] = {"flags_note": note, "has_open_flags": False, "reason": text} | decider_of(by)
    done = CASES.take("confirm_flags", case, by=by, changes=changes, data={"reason_text": note})
    refuse_lead(case.lead_id, code=ReasonCode.OTHER, text=text, by=by)
    return done


def _came_within_an_hour(lead: Lead) -> int:
    """How many leads this seat's links brought in the hour that ends with it; counting stops where it is a burst."""
    until: datetime = lead.submitted_at or now()
    hour = (until - timedelta(hours=1), until)
    rows = Lead.objects.filter(submitted_by=lead.submitted_by_id, submitted_at__range=hour, origin=Origin.INTAKE)
    return len(rows.values_list("pk", flat=True)[: settings.INTAKE_BURST + 1])
