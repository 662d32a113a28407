"""The former release's statement on the new schema: it runs until the last of its processes is gone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils.timezone import now

from deals.models import Company, Contact
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.models import new_id

# As it stood in deals/services.py before migration 0003.
FORMER = """
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
JETTE = {"first_name": "Jette", "last_name": "Ahlers", "name_key": "jette ahlers"}
OLE = {"first_name": "Ole", "last_name": "Brandt", "name_key": "ole brandt"}
ADDRESS = "info@hafenkontor.example.org"
Remember = Callable[..., tuple[Company, Contact]]


def as_before(company: Company, **values: Any) -> Any:
    """What the former release does with the contact of a lead; its id."""
    row = {"id": new_id(), "tenant": company.tenant_id, "partner": company.partner_id, "company": company.pk}
    row |= {"company_key": company.name_key, "email": ADDRESS, "phone": "", "job_title": "", "search_text": "x"}
    with connection.cursor() as cursor:
        cursor.execute(FORMER, row | {"now": now() + timedelta(seconds=1)} | values)
        return cursor.fetchone()[0]


def told_before(contact: Any) -> Any:
    """The address in the column that the former release reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM deals_contact WHERE id = %s", [contact])
        return cursor.fetchone()[0]


def test_what_it_writes_the_new_release_finds(remember: Remember, seller: Membership, acting: Any) -> None:
    company, _ = remember(seller, email="other@example.org")
    with acting(seller):
        written = as_before(company, **JETTE, phone="+49 421 1")
        assert as_before(company, **JETTE, phone="+49 421 2") == written
    _, found = remember(seller, email=ADDRESS, phone="")
    assert (found.pk, found.email, found.phone) == (written, ADDRESS, "+49 421 2")


def test_what_the_new_release_writes_it_finds(remember: Remember, seller: Membership, acting: Any) -> None:
    company, jette = remember(seller, email=ADDRESS)
    with acting(seller):
        assert told_before(jette.pk) == ADDRESS
        assert as_before(company, **JETTE) == jette.pk


def test_it_breaks_on_nobody_who_shares_a_mailbox(remember: Remember, seller: Membership, acting: Any) -> None:
    """As ever it takes a second person for the first; it neither fails nor makes a third."""
    company, jette = remember(seller, email=ADDRESS)
    _, ole = remember(seller, email=ADDRESS, first_name="Ole", last_name="Brandt")
    with acting(seller):
        assert told_before(ole.pk) is None
        assert as_before(company, **OLE) == jette.pk
        assert Contact.objects.count() == 2
