"""What the portal itself does with a lead while an upgrade invitation is out (rulings 3), and once an appeal is decided
(E3); and until when others are held out (E5). Other apps call these."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from deals.services import forget_customer
from leads.models import NEVER, Lead, Program
from leads.services.filling import count_keys
from leads.services.steps import LEADS
from leads.services.triage import refusal, review_over
from leads.services.vendor_leads import is_brought
from leads.states import OPEN, Status
from leads.states.questions import ABOUT_A_PERSON
from partnerhub.accounts.models import Membership
from partnerhub.events.services import SYSTEM


@transaction.atomic
def set_aside(lead_id: UUID) -> Lead:
    """Take an open lead out of triage. Raises Refused for one that is decided."""
    lead = LEADS.held(lead_id)
    return LEADS.take("set_aside", lead, by=SYSTEM, changes={"is_set_aside": True})


@transaction.atomic
def take_up_again(lead_id: UUID) -> Lead:
    """Put a lead that was set aside back into triage; its time there begins anew. One that is decided stays so."""
    lead = LEADS.held(lead_id)
    if not lead.is_set_aside or lead.status not in OPEN:
        return lead
    changes = {"is_set_aside": False, "is_seen": False, "status_changed_at": now()}
    return LEADS.take("take_up", lead, by=SYSTEM, changes=changes)


@transaction.atomic
def award_upgraded(lead_id: UUID) -> Lead:
    """Award the lead whose store was upgraded. One that was decided meanwhile stays as it is, and so does one that goes
    on as a deal: that alone makes the referral (rulings 6)."""
    lead = LEADS.held(lead_id)
    if lead.status not in OPEN or lead.deal_id:
        return lead
    return LEADS.take("award_upgraded", lead, by=SYSTEM, changes={"is_set_aside": False, **review_over(lead)})


@transaction.atomic
def look_again(lead_id: UUID) -> Lead:
    """Put a lead whose appeal is upheld back into triage; its time there begins anew, and anybody may decide."""
    lead = LEADS.held(lead_id)
    changes = {"refused_person": None, "is_seen": False, "status_changed_at": now()}
    return LEADS.take("look_again", lead, by=SYSTEM, changes=changes)


@transaction.atomic
def refuse_again(lead_id: UUID, *, code: str, text: str, by: Membership) -> Lead:
    """Refuse a lead whose appeal was rejected by this member, with a code and a text that the partner reads."""
    lead = LEADS.held(lead_id)
    changes, data = refusal(lead, code, text, by)
    return LEADS.take("refuse_again", lead, by=SYSTEM, changes=changes, data=data)


@transaction.atomic
def hold_for_review(lead_id: UUID) -> Lead:
    """Send an open lead for review, of which somebody has to look at something first; its partner reads no more than
    that it is looked at. One in review, or decided, stays as it is."""
    lead = LEADS.held(lead_id)
    if lead.is_in_review or lead.status not in OPEN:
        return lead
    return LEADS.take("hold", lead, by=SYSTEM, changes={"is_in_review": True})


def note_share(lead_id: UUID, percent: int) -> None:
    """Keep on the lead how much of the credit is its own: the event of the decision tells of it."""
    Lead.objects.filter(pk=lead_id).update(credit_percent=percent)


@transaction.atomic
def stop_for_objection(lead_id: UUID) -> Lead:
    """The person objected to being referred (E14): an open lead ends, a draft is emptied and put away.

    What is known of the person leaves the lead, and the partner's contacts where it came by this lead alone: so no
    list, search, export or mail holds it. A lead that was decided before keeps its decision, one that was awarded all
    of it too: its money is owed by it. For a transaction that acts as the system.
    """
    lead = LEADS.held(lead_id)
    if lead.status == Status.DRAFT:
        Lead.objects.filter(pk=lead.pk).update(draft={})
        lead.draft = {}
        return LEADS.take("object_draft", lead, by=SYSTEM)
    if lead.status == Status.AWARDED or lead.objected_at is not None:
        return lead
    _forget_person(lead)
    if lead.status not in OPEN:
        return LEADS.take("object_closed", lead, by=SYSTEM)
    return LEADS.take("object", lead, by=SYSTEM, changes={"is_set_aside": False, **review_over(lead)})


def _forget_person(lead: Lead) -> None:
    """Empty what is personal of the locked lead, and what is found by it; forget its contact."""
    contact = lead.known_contact_id
    personal = {name for name in ABOUT_A_PERSON if hasattr(lead, name)}
    for name in personal:
        setattr(lead, name, "")
    lead.details = {name: value for name, value in lead.details.items() if name not in ABOUT_A_PERSON}
    lead.own_answers, lead.known_contact, lead.objected_at = {}, None, now()
    count_keys(lead)
    counted = ("website_host", "email_domain", "identity_keys", "company_key", "contact_key", "search_text")
    lead.save(update_fields=[*sorted(personal), *counted, "details", "own_answers", "known_contact", "objected_at"])
    forget_customer(None, contact, is_brought=is_brought)


def note_protection(lead_id: UUID, until: datetime) -> None:
    """Keep on the lead until when it holds other partners out: the events of its protection tell of it."""
    Lead.objects.filter(pk=lead_id).update(protected_until=until)


def note_due(lead_ids: Mapping[UUID, datetime | None]) -> None:
    """Keep on leads by when somebody has to answer (None: no clock runs): the events of the clocks tell of it."""
    leads = [Lead(pk=key, due_at=due or NEVER) for key, due in lead_ids.items()]
    Lead.objects.bulk_update(leads, ["due_at"])


def note_answer_times(medians: Mapping[UUID, int]) -> None:
    """Keep on the programs how many working seconds half of their leads waited for an answer; empty for the others."""
    for program in Program.objects.all():
        seconds = medians.get(program.pk)
        if seconds != program.answer_seconds:
            Program.objects.filter(pk=program.pk).update(answer_seconds=seconds)
