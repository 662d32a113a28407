"""Leads that the vendor brings (rulings 5): entered, handed to a partner, taken back. Other apps call these."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from deals.models import Company, Contact
from deals.services import forget_customer, remember_customers
from leads.models import Lead, Program
from leads.panels import bringing
from leads.services.filling import customer_of, fill_lead, next_numbers
from leads.services.steps import LEADS, event_data
from leads.states import Origin, Status
from partnerhub.accounts.models import Membership, User
from partnerhub.actors import Actor
from partnerhub.errors import NotPermitted
from partnerhub.events.services import SYSTEM, record
from partnerhub.partners.models import Partner
from partnerhub.records.values import plain
from partnerhub.roles import LEADS_WORK, VENDOR
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.folding import fold
from partnerhub.web.rows import columns, read

# Of many who want the lead the first gets it: whoever waited for its row finds it taken.
HAND_OUT = f"""
    UPDATE leads_lead lead SET partner_id = %s, partner_key = %s, owner_id = %s, status = 'in_progress',
        is_set_aside = false, is_seen = false, version = lead.version + 1, status_changed_at = %s, updated_at = %s
    FROM leads_lead before
    JOIN leads_program program ON program.tenant_id = before.tenant_id AND program.id = before.program_id
    JOIN accounts_membership sender ON sender.tenant_id = before.tenant_id AND sender.id = before.submitted_by_id
    JOIN accounts_user sending ON sending.id = sender.user_id
    LEFT JOIN accounts_membership representative
        ON representative.tenant_id = before.tenant_id AND representative.id = before.representative_id
    LEFT JOIN accounts_user representing ON representing.id = representative.user_id
    WHERE lead.tenant_id = %s AND lead.id = %s AND lead.partner_id IS NULL AND lead.status = 'submitted'
        AND before.tenant_id = lead.tenant_id AND before.id = lead.id
    RETURNING {columns(Lead, "lead")}, {columns(Program, "program")}, {columns(Membership, "sender")},
        {columns(User, "sending")}, {columns(Membership, "representative")}, {columns(User, "representing")}
"""  # noqa: S608 - names of columns, written by the models


@transaction.atomic
def enter_lead(
    lead_id: UUID,
    *,
    program: Program,
    answers: dict[str, Any],
    by: Membership,
    partner: Partner | None = None,
    together: UUID | None = None,
) -> Lead:
    """Write a lead that the vendor brings, with its number: a partner's at once, or nobody's yet and out of triage.

    `answers` by question, as `submit_lead` takes them. Whoever enters it represents it. `together` is a name for the
    act that brings many: nobody gets a letter of each. Raises NotPermitted.
    """
    if by.side != VENDOR or not by.can(LEADS_WORK):
        raise NotPermitted(LEADS_WORK)
    lead = Lead(pk=lead_id, program=program, submitted_by=by, origin=Origin.VENDOR, representative=by)
    fill_lead(lead, answers)
    lead.representative_key, lead.sales_support = fold(by.name)[:200], True
    lead.status, lead.is_set_aside = Status.SUBMITTED, partner is None
    lead.submitted_at = lead.status_changed_at = lead.updated_at = now()
    if partner is not None:
        lead.partner, lead.partner_key = partner, fold(partner.name)[:200]
        customers = remember_customers([customer_of(lead)], partner_id=partner.pk, by=by)
        ((lead.known_company_id, lead.known_contact_id),) = customers
    lead.number = next_numbers()
    lead.save()
    after = {name: plain(value) for name, value in answers.items() if value not in (None, "")} | {"status": lead.status}
    if partner is not None:
        data = event_data(lead) | ({"together": str(together)} if together else {})
        record("lead.entered_for", lead, actor=by, after=after, data=data)
    else:
        record("lead.entered", lead, actor=by, after=after, data=event_data(lead), audience=VENDOR)
    return lead


def hand_out(lead_id: UUID, *, partner: Partner, owner: Membership, by: Actor, data: dict[str, Any]) -> Lead | None:
    """Give a lead that is no partner's to this one, in progress; None where somebody was faster.

    One statement, its event, and the partner's company and contact. For a transaction that acts as the system.
    """
    moment = now()
    values = [partner.pk, fold(partner.name)[:200], owner.pk, moment, moment, current_tenant().pk, lead_id]
    found = read(HAND_OUT, values, Lead, Program, Membership, User, Membership, User)
    for lead, program, sender, sending, representative, representing in found:
        lead.program, lead.partner, lead.owner = program, partner, owner
        lead.submitted_by, sender.user = sender, sending
        if representative:
            lead.representative, representative.user = representative, representing
        _tell_handed_out(lead, moment, by=by, data=data)
        known_customer(lead, by=owner)
        return cast(Lead, lead)
    return None


def _tell_handed_out(lead: Lead, moment: datetime, *, by: Actor, data: dict[str, Any]) -> None:
    record(
        "lead.claimed",
        lead,
        actor=by,
        before={"status": Status.SUBMITTED.value, "partner": None, "owner": None},
        after={"status": lead.status, "partner": str(lead.partner_id), "owner": str(lead.owner_id)},
        data=event_data(lead) | {"claimed_at": moment.isoformat()} | data,
    )


def take_out(lead: Lead, *, by: Actor) -> Lead:
    """End a locked lead of the vendor's that was entered by mistake. Raises Refused where work on it has begun."""
    return LEADS.take("take_out", lead, by=SYSTEM, changes={"is_set_aside": False}, data={"by": by.name})


def take_in(lead_id: UUID, *, by: Actor = SYSTEM) -> Lead:
    """Take an open lead from its partner, which sees it no more; it is nobody's and out of triage.

    For a transaction that acts as the system, because the partner may not write what it no longer has.
    """
    lead = LEADS.held(lead_id)
    name, known = lead.partner.name if lead.partner else "", known_customer(lead, by=by)
    changes: dict[str, Any] = {
        "partner": None,
        "partner_key": "",
        "owner": None,
        "team": [],
        "question": "",
        "resume_to": "",
        "is_set_aside": True,
        "known_company": None,
        "known_contact": None,
    }
    taken = LEADS.take("take_in", lead, by=SYSTEM, changes=changes, data={"partner_name": name, "by": by.name})
    forget_customer(*known, is_brought=is_brought)
    return taken


KnownIds = tuple[UUID | None, UUID | None]
"""A company and a contact of the partner's, by id."""


def known_customer(lead: Lead, *, by: Actor) -> KnownIds:
    """What the partner's customers keep of a lead that it has. What the vendor brought is lent to it (E31).

    A claim notes no ids on its lead, to be one statement cheaper: the customer is known again by its host or name.
    """
    if lead.origin != Origin.VENDOR or lead.known_company_id or lead.partner_id is None:
        return lead.known_company_id, lead.known_contact_id
    return remember_customers([customer_of(lead)], partner_id=lead.partner_id, by=by, is_lent=True)[0]


def keep_customer(lead: Lead, former: KnownIds, *, by: Membership) -> None:
    """Bring a corrected lead's news to its partner's company and contact, and note on the lead which these are.

    Of a lead that the vendor brought, records that the partner has by something else too stay as they were, and those
    that the lead alone has brought, and names no more, are forgotten.
    """
    assert lead.partner_id is not None  # noqa: S101 - the caller's own check, for the type checker
    is_vendors = lead.origin == Origin.VENDOR
    is_lent = is_vendors and not _brings_alone(lead, former)
    (found,) = remember_customers([customer_of(lead)], partner_id=lead.partner_id, by=by, is_lent=is_lent)
    lead.known_company_id, lead.known_contact_id = found
    if is_vendors and former != found:
        Lead.objects.filter(pk=lead.pk).update(known_company=found[0], known_contact=found[1])
        gone = (one if one != now_known else None for one, now_known in zip(former, found, strict=True))
        forget_customer(*gone, is_brought=is_brought)


def is_brought(one: Company | Contact) -> bool:
    """Whether a lead of its partner has brought this company or contact."""
    return Lead.objects.filter(_brings(one), partner=one.partner_id).exists()


def _brings_alone(lead: Lead, former: KnownIds) -> bool:
    """Whether the partner knows this company and this contact by the lead alone."""
    company_id, contact_id = former
    if company_id is None or contact_id is None:
        return False
    company, contact = Company.objects.get(pk=company_id), Contact.objects.get(pk=contact_id)
    others = Lead.objects.filter(partner=lead.partner_id).exclude(pk=lead.pk)
    return not others.filter(_brings(company) | _brings(contact)).exists()


def _brings(one: Company | Contact) -> Q:
    """The leads of this company or contact; those that say none are known by host, name or address."""
    if isinstance(one, Company):
        return bringing(one)
    unsaid = Q(known_contact=None, email__iexact=one.email) & ~Q(email="")
    return Q(known_contact=one.pk) | unsaid
