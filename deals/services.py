"""Verbs on customers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from deals.hosts import own_host
from deals.models import Company, Contact
from deals.selectors import companies_for, contacts_for
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.events.services import happening, record
from partnerhub.records.kinds import Kept
from partnerhub.roles import CUSTOMERS_VIEW
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.folding import fold, website_words
from partnerhub.web.rows import send


class Companies(Kept[Company]):
    """Leads bring them and keep them up to date: nobody writes one by hand."""

    permission = CUSTOMERS_VIEW
    model = Company
    plural = "companies"
    labels = {"name": _("Name"), "website": _("Website"), "country": _("Country"), "postcode": _("Postcode")}

    def rows(self, by: Seat) -> QuerySet[Company]:
        return companies_for(by).select_related("partner")

    def event_data(self, record: Company) -> dict[str, Any]:
        return {"version": record.version}


class Contacts(Kept[Contact]):
    """As companies."""

    permission = CUSTOMERS_VIEW
    model = Contact
    plural = "contacts"
    labels = {
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "phone": _("Phone"),
        "job_title": _("Job title"),
    }

    def rows(self, by: Seat) -> QuerySet[Contact]:
        return contacts_for(by).select_related("partner", "company")

    def event_data(self, record: Contact) -> dict[str, Any]:
        return {"version": record.version}


COMPANIES, CONTACTS = Companies(), Contacts()

COMPANY_FIELDS = ("name", "website", "country", "postcode")
CONTACT_FIELDS = ("first_name", "last_name", "phone", "job_title")

# The host tells companies apart, or the name where none of its own is known; the database decides who was first.
REMEMBER_COMPANY = """
INSERT INTO deals_company
    (id, tenant_id, partner_id, name, name_key, host, website, country, postcode, search_text, created_at, updated_at)
VALUES
    (%(id)s, %(tenant)s, %(partner)s, %(name)s, %(name_key)s, %(host)s, %(website)s, %(country)s, %(postcode)s,
     %(search_text)s, %(now)s, %(now)s)
ON CONFLICT (tenant_id, partner_id, {key}) DO UPDATE SET
    name = CASE WHEN deals_company.name_key = excluded.name_key AND {is_newer} THEN excluded.name
        ELSE deals_company.name END,
    website = coalesce(nullif(deals_company.website, ''), excluded.website),
    country = coalesce(nullif(deals_company.country, ''), excluded.country),
    postcode = coalesce(nullif(deals_company.postcode, ''), excluded.postcode),
    created_at = least(deals_company.created_at, excluded.created_at),
    updated_at = greatest(deals_company.updated_at, excluded.updated_at)
RETURNING id, {told}, name_key
"""
# Address and folded name tell the people of a company apart; a newer spelling, number or title replaces the old one.
REMEMBER_CONTACT = """
INSERT INTO deals_contact
    (id, tenant_id, partner_id, company_id, first_name, last_name, name_key, company_key, address, phone, job_title,
     search_text, created_at, updated_at)
VALUES
    (%(id)s, %(tenant)s, %(partner)s, %(company)s, %(first_name)s, %(last_name)s, %(name_key)s, %(company_key)s,
     %(address)s, %(phone)s, %(job_title)s, %(search_text)s, %(now)s, %(now)s)
ON CONFLICT (tenant_id, company_id, address, name_key) DO UPDATE SET
    first_name = CASE WHEN {is_newer} THEN excluded.first_name ELSE deals_contact.first_name END,
    last_name = CASE WHEN {is_newer} THEN excluded.last_name ELSE deals_contact.last_name END,
    phone = CASE WHEN {is_newer} THEN coalesce(nullif(excluded.phone, ''), deals_contact.phone)
        ELSE coalesce(nullif(deals_contact.phone, ''), excluded.phone) END,
    job_title = CASE WHEN {is_newer} THEN coalesce(nullif(excluded.job_title, ''), deals_contact.job_title)
        ELSE coalesce(nullif(deals_contact.job_title, ''), excluded.job_title) END,
    created_at = least(deals_contact.created_at, excluded.created_at),
    updated_at = greatest(deals_contact.updated_at, excluded.updated_at)
RETURNING id, {told}
"""


def _before_and_after(fields: Sequence[str]) -> str:
    """The fields as they were (null: there was no row) and as they are."""
    return ", ".join([*(f"old.{name}" for name in fields), *(f"new.{name}" for name in fields)])


BY_HOST, BY_NAME = (
    REMEMBER_COMPANY.format(
        key=key,
        told=_before_and_after(COMPANY_FIELDS),
        is_newer="excluded.updated_at >= deals_company.updated_at",
    )
    for key in ("host) WHERE (NOT (host = '')", "name_key) WHERE (host = ''")
)
PERSON = REMEMBER_CONTACT.format(
    told=_before_and_after(CONTACT_FIELDS), is_newer="excluded.updated_at >= deals_contact.updated_at"
)


@transaction.atomic(savepoint=False)  # a part of its caller's act, undone with it
def remember_customer(
    *,
    partner_id: UUID,
    name: str,
    host: str,
    website: str,
    country: str,
    postcode: str,
    first_name: str,
    last_name: str,
    email: str,
    phone: str,
    job_title: str,
    by: Membership,
) -> tuple[UUID, UUID]:
    """Keep the company and the contact that a partner brought; a known one is completed, never doubled, never mixed.

    Returns (company id, contact id). A company's name stays but for a newer spelling of it, and what was empty of it is
    filled in. A contact is known again by address and folded name; newer spelling, phone number and job title replace
    the old ones. What changed of a known one is an event, by whoever (`by`) brought the news. Two statements where
    nothing changed, safe when two people submit the same customer at once.
    """
    keys = {"tenant": current_tenant().pk, "partner": partner_id, "now": happening()}
    host = own_host(host)
    company_id, *told, company_key = _one(
        BY_HOST if host else BY_NAME,
        keys
        | {
            "id": new_id(),
            "name": name,
            "name_key": fold(name)[:200],
            "host": host,
            "website": website,
            "country": country,
            "postcode": postcode,
            "search_text": fold(f"{name} {website_words(host or website, host)}"),
        },
    )
    before, after = _split(COMPANY_FIELDS, told)
    company = Company(id=company_id, partner_id=partner_id, **after)
    _tell("company.changed", COMPANIES, company, before, after, by=by)
    person = f"{first_name} {last_name}".strip()
    address = email.strip().lower()
    contact_id, *told = _one(
        PERSON,
        keys
        | {
            "id": new_id(),
            "company": company_id,
            "first_name": first_name,
            "last_name": last_name,
            "name_key": fold(person or address)[:170],
            "company_key": company_key,
            "address": address,
            "phone": phone,
            "job_title": job_title,
            "search_text": fold(f"{person} {address} {company}"),
        },
    )
    before, after = _split(CONTACT_FIELDS, told)
    contact = Contact(id=contact_id, partner_id=partner_id, email=address, **after)
    _tell("contact.changed", CONTACTS, contact, before, after, by=by)
    return company_id, contact_id


def _split(fields: Sequence[str], told: Sequence[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a statement told by `_before_and_after`, by field: as it was, as it is."""
    return dict(zip(fields, told, strict=False)), dict(zip(fields, told[len(fields) :], strict=True))


def _tell(
    kind: str, kept: Kept[Any], row: Any, before: dict[str, Any], after: dict[str, Any], *, by: Membership
) -> None:
    """One version more and one event where something changed of a row that was there already, and is locked now."""
    changed = [name for name in after if before[name] not in {None, after[name]}]
    if changed:
        kept.model.objects.filter(pk=row.pk).update(version=F("version") + 1)
        row.refresh_from_db(fields=["version"])
        record(
            kind,
            row,
            actor=by,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            data=kept.event_data(row),
        )


def _one(statement: str, values: dict[str, Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        send(cursor, statement, values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
