"""What a submission is made of, for one lead and for many: answers, number, customer, and what is told of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.timezone import now
from django.utils.translation import override

from deals.services import Brought
from leads.models import Lead, Program
from leads.selectors import own_fields
from leads.services.steps import event_data
from leads.services.verdicts import keys_for
from leads.states import LEAD, QUESTIONS, Status, questions_for
from leads.states.answers import answer_text
from leads.states.own_fields import english
from partnerhub.accounts.models import Membership
from partnerhub.events.services import Changed
from partnerhub.records.values import plain
from partnerhub.roles import PARTNER
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.folding import email_domain, fold, host_of, website_words
from partnerhub.web.rows import send

COLUMNS = [question.name for question in QUESTIONS if question.is_column]
NEXT_NUMBERS = """
    INSERT INTO leads_leadcounter (id, tenant_id, last) VALUES (%s, %s, %s)
    ON CONFLICT (tenant_id) DO UPDATE SET last = leads_leadcounter.last + excluded.last RETURNING last"""


def prepare_lead(lead: Lead, answers: dict[str, Any], *, program: Program, by: Membership) -> None:
    """Put what is submitted on the lead, with what is computed of it. Raises Refused where it can't be submitted."""
    lead.program, lead.partner, lead.submitted_by = program, by.partner, by
    lead.partner_key = fold(by.partner.name)[:200] if by.partner else ""
    fill_lead(lead, answers)
    LEAD.check("submit", lead, by)


def fill_lead(lead: Lead, answers: dict[str, Any]) -> None:
    """Put the answers on the lead, with what is computed of them."""
    for name in COLUMNS:
        if name in answers:
            empty = None if name == "consent_date" else ""
            setattr(lead, name, empty if answers[name] is None else answers[name])
    lead.details = {
        question.name: plain(answers[question.name])
        for question in questions_for(lead.program.kind)
        if not question.is_column and answers.get(question.name) not in (None, "")
    }
    own = answers.get("own_fields", {})
    lead.own_answers = {field.key: own[field.key] for field in own_fields(lead.program, PARTNER) if field.key in own}
    lead.draft = {}
    lead.terms_version = lead.program.terms_version
    count_keys(lead)


def count_keys(lead: Lead) -> None:
    """Write what is computed of the answers: by what the lead is found, sorted and told apart."""
    lead.website_host = host_of(lead.website)
    lead.email_domain = email_domain(lead.email) if lead.email else ""
    lead.identity_keys = keys_for(lead)
    lead.company_key = fold(lead.company)[:200]
    lead.contact_key = fold(lead.contact_name)[:170]
    lead.search_text = fold(
        f"{lead.contact_name} {lead.email} {lead.company} {website_words(lead.website, lead.website_host)}"
    )


def customer_of(lead: Lead) -> Brought:
    """What the partner's companies and contacts keep of a lead."""
    return Brought(
        name=lead.company,
        host=lead.website_host,
        website=lead.website,
        country=str(lead.country),
        postcode=lead.postcode,
        first_name=lead.first_name,
        last_name=lead.last_name,
        email=lead.email,
        phone=lead.phone,
        job_title=lead.job_title,
    )


def number_leads(leads: Sequence[Lead]) -> None:
    """Make submitted ones of leads that were prepared: their numbers follow one another in this order."""
    moment, number = now(), next_numbers(len(leads))
    for lead in leads:
        lead.status = Status.SUBMITTED
        lead.submitted_at = lead.status_changed_at = lead.updated_at = moment
        lead.number, number = number, number + 1
        lead.version += 1


def next_numbers(many: int = 1) -> int:
    """The next number of the tenant, of as many that follow one another. Taken late, because the row that counts them
    is locked until the transaction ends.
    """
    with connection.cursor() as cursor:
        send(cursor, NEXT_NUMBERS, [new_id(), current_tenant().pk, many])
        return int(cursor.fetchone()[0]) - many + 1


def submission_told(
    lead: Lead, answers: dict[str, Any], files: Sequence[Any] = (), *, together: UUID | None = None
) -> Changed:
    """What is told of a lead that was submitted; by one of many that were submitted `together` no letter is sent."""
    data = event_data(lead) | _details_for_mail(lead, files) | {"is_in_review": lead.is_in_review}
    data |= {"together": str(together)} if together else {"fields": _fields_for_mail(lead, answers)}
    return Changed(lead, None, _as_sent(lead, answers), data)


def _own_as_asked(lead: Lead) -> list[list[Any]]:
    """Kind, words and answer of each own field, for the mail: words that people typed are not looked up."""
    asked = own_fields(lead.program, PARTNER)
    return [[field.kind, field.label, lead.own_answers[field.key]] for field in asked if field.key in lead.own_answers]


def _own_by_label(lead: Lead) -> dict[str, Any]:
    """The answers to own fields under the words that were asked: so the memory keeps them."""
    asked = own_fields(lead.program, PARTNER)
    return {field.label: lead.own_answers[field.key] for field in asked if field.key in lead.own_answers}


def _as_sent(lead: Lead, answers: dict[str, Any]) -> dict[str, Any]:
    """The submission as it was sent, with the version of the terms: the receipt that never changes."""
    sent = {name: plain(value) for name, value in answers.items() if value not in (None, "", {})}
    if own := _own_by_label(lead):
        sent["own_fields"] = own
    return sent | {"status": lead.status, "terms_version": lead.terms_version}


def _fields_for_mail(lead: Lead, answers: dict[str, Any]) -> list[list[str]]:
    """In English, for a worker of the release before; the mail is written from `after` and `own_fields`."""
    with override("en"):
        fields = [
            [str(question.label), answer_text(question, answers.get(question.name))]
            for question in questions_for(lead.program.kind)
        ]
    fields += [[label, english(value)] for label, value in _own_by_label(lead).items()]
    return [field for field in fields if field[1]]


def _details_for_mail(lead: Lead, files: Sequence[Any]) -> dict[str, Any]:
    return {
        "own_fields": _own_as_asked(lead),
        "files": [file.name for file in files],
        "contact": {
            "first_name": lead.first_name,
            "last_name": lead.last_name,
            "email": lead.email,
            "phone": lead.phone,
        },
    }
