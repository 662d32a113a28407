"""Verbs on customers."""

from typing import Any
from uuid import UUID

from django.db import connection, transaction

from partnerhub.events.services import happening
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.folding import fold
from partnerhub.web.rows import send

# The host tells companies apart, or the name where no website is known; the database decides who was first.
REMEMBER_COMPANY = """
INSERT INTO deals_company
    (id, tenant_id, partner_id, name, name_key, host, website, country, postcode, search_text, created_at, updated_at)
VALUES
    (%(id)s, %(tenant)s, %(partner)s, %(name)s, %(name_key)s, %(host)s, %(website)s, %(country)s, %(postcode)s,
     %(search_text)s, %(now)s, %(now)s)
ON CONFLICT (tenant_id, partner_id, {key}) DO UPDATE SET
    website = coalesce(nullif(deals_company.website, ''), excluded.website),
    country = coalesce(nullif(deals_company.country, ''), excluded.country),
    postcode = coalesce(nullif(deals_company.postcode, ''), excluded.postcode),
    created_at = least(deals_company.created_at, excluded.created_at),
    updated_at = greatest(deals_company.updated_at, excluded.updated_at)
RETURNING id, name, name_key
"""
BY_HOST = REMEMBER_COMPANY.format(key="host) WHERE (NOT (host = '')")
BY_NAME = REMEMBER_COMPANY.format(key="name_key) WHERE (host = ''")

REMEMBER_CONTACT = """
INSERT INTO deals_contact
    (id, tenant_id, partner_id, company_id, first_name, last_name, name_key, company_key, email, phone, job_title,
     search_text, created_at, updated_at)
VALUES
    (%(id)s, %(tenant)s, %(partner)s, %(company)s, %(first_name)s, %(last_name)s, %(name_key)s, %(company_key)s,
     %(email)s, %(phone)s, %(job_title)s, %(search_text)s, %(now)s, %(now)s)
ON CONFLICT (tenant_id, company_id, email) DO UPDATE SET
    phone = coalesce(nullif(excluded.phone, ''), deals_contact.phone),
    job_title = coalesce(nullif(excluded.job_title, ''), deals_contact.job_title),
    created_at = least(deals_contact.created_at, excluded.created_at),
    updated_at = greatest(deals_contact.updated_at, excluded.updated_at)
RETURNING id
"""


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
) -> tuple[UUID, UUID]:
    """Keep the company and the contact that a partner brought; a known one is completed, never doubled.

    Returns (company id, contact id). What is known already stays (a company's name, a contact's name); what was empty
    is filled in; a newer phone number or job title replaces the old one. Two statements, safe when two people submit
    the same customer at once.
    """
    keys = {"tenant": current_tenant().pk, "partner": partner_id, "now": happening()}
    company_id, company, company_key = _one(
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
            "search_text": fold(f"{name} {host}"),
        },
    )
    person = f"{first_name} {last_name}".strip()
    address = email.strip().lower()
    (contact_id,) = _one(
        REMEMBER_CONTACT,
        keys
        | {
            "id": new_id(),
            "company": company_id,
            "first_name": first_name,
            "last_name": last_name,
            "name_key": fold(person or address)[:170],
            "company_key": company_key,
            "email": address,
            "phone": phone,
            "job_title": job_title,
            "search_text": fold(f"{person} {address} {company}"),
        },
    )
    return company_id, contact_id


def _one(statement: str, values: dict[str, Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        send(cursor, statement, values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
