"""Leads go along where a person takes one of two customers out of another (E1)."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from deals.models import Company, Contact
from deals.selectors import ids_of
from leads.models import Lead
from leads.panels import bringing
from partnerhub.errors import Reason, Refused


def move_leads(company_id: UUID, to: str, leads: Collection[str]) -> None:
    """Let these leads of one company be the other one's. Raises Refused where one of them is none of its leads.

    What was sent with them stays, and so does their version: only whose they are is another one.
    """
    company = Company.objects.get(pk=company_id)
    rows = Lead.objects.filter(bringing(company), pk__in=leads, partner=company.partner_id)
    if rows.update(known_company=to) != len(set(leads)):
        raise Refused(Reason("not_here", _("Choose leads of this company."), field="brought"))


def move_to_person(contact_id: UUID, to: str, leads: Collection[str]) -> None:
    """Let these leads of one contact be the other one's. Raises Refused where one of them is none of theirs."""
    contact = Contact.objects.get(pk=contact_id)
    rows = Lead.objects.filter(known_contact__in=ids_of(contact), pk__in=leads, partner=contact.partner_id)
    if rows.update(known_contact=to) != len(set(leads)):
        raise Refused(Reason("not_here", _("Choose leads of this contact."), field="brought"))
