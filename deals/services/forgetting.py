"""What a partner knew of a customer by a lead that it no longer has is forgotten (E31)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from deals.models import Company, Contact, Customer, Deal
from deals.services.doubling import forget_pairs
from partnerhub.accounts.services import forget_opened
from partnerhub.events.models import Audience
from partnerhub.events.services import SYSTEM, record
from partnerhub.partners.external import forget_external

Brings = Callable[[Customer], bool]
"""Whether anything else has brought this one."""


@transaction.atomic(savepoint=False)  # a part of its caller's act, undone with it
def forget_customer(company_id: UUID | None, contact_id: UUID | None, *, is_brought: Brings) -> None:
    """Remove the contact and the company of a lead that is gone, unless the partner has them by something else too.

    `is_brought` is asked once the row is locked: whoever brings it meanwhile is seen, or waits and brings it anew. What
    a person has merged stays, and so does what a deal names. For a transaction that acts as the system.
    """
    contact = _locked(Contact.objects.all(), contact_id)
    if contact is not None and not _stays(contact) and not is_brought(contact):
        record("contact.forgotten", contact, actor=SYSTEM, audience=Audience.VENDOR)
        _remove(contact)
    company = _locked(Company.objects.all(), company_id)
    if company is None or _stays(company) or is_brought(company):
        return
    if not Contact.objects.filter(company=company).exists():
        record("company.forgotten", company, actor=SYSTEM, audience=Audience.VENDOR)
        _remove(company)


def _locked(rows: QuerySet[Any], key: UUID | None) -> Any:
    return rows.select_for_update().filter(pk=key).first() if key else None


def _stays(one: Customer) -> bool:
    """Whether it is merged into another one, or another one into it, or is the customer in a deal."""
    named = {"company" if isinstance(one, Company) else "contact": one.pk}
    is_merged = one.known_as_id is not None or type(one).objects.filter(known_as=one.pk).exists()
    return is_merged or Deal.objects.filter(**named).exists()


def _remove(one: Customer) -> None:
    forget_pairs(one)
    forget_opened(one.pk, partner_id=one.partner_id)
    forget_external(one.pk, partner_id=one.partner_id)
    one.delete()
