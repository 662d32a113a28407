"""The pages of companies and contacts."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from deals.models import Company, Contact
from deals.panels import panels_of
from deals.selectors import company_for, contact_for, contacts_of
from deals.tables import CompanyList, ContactList
from partnerhub.accounts.requests import MemberRequest
from partnerhub.accounts.services import remember_opened
from partnerhub.events.selectors import timeline_of
from partnerhub.events.timeline import entries_of
from partnerhub.records.showing import CHANGES_SHOWN
from partnerhub.roles import AUDIT_VIEW, CUSTOMERS_VIEW, PARTNER
from partnerhub.web.lists.records import RecordPage


class CompanyView(RecordPage):
    """One company: what is known of it, its people, and what higher storeys have to say of it."""

    permission = CUSTOMERS_VIEW
    record_list = CompanyList

    def get(self, request: MemberRequest, company_id: UUID) -> HttpResponseBase:
        membership = request.membership
        try:
            company = company_for(membership, company_id)
        except Company.DoesNotExist:
            raise Http404 from None
        path = f"/companies/{company.pk}/"
        remember_opened(membership, kind="company", object_id=company.pk, title=company.name, path=path)
        context = {
            "company": company,
            "contacts": contacts_of(company, membership),
            "contacts_url": reverse("deals:contacts"),
            "panels": panels_of(company, membership),
            "changes": entries_of(timeline_of(company.pk, membership)[:CHANGES_SHOWN], membership, every=True),
            "audit_url": f"{reverse('events:audit')}?kind=company" if membership.can(AUDIT_VIEW) else "",
            "is_partner": membership.side == PARTNER,
            "crumbs": [(_("Customers"), None), (_("Companies"), reverse("deals:companies")), (company.name, None)],
        }
        return self.record_page("deals/company.html", company, context)


class ContactView(RecordPage):
    """One person, and what is known of their company."""

    permission = CUSTOMERS_VIEW
    record_list = ContactList

    def get(self, request: MemberRequest, contact_id: UUID) -> HttpResponseBase:
        membership = request.membership
        try:
            contact = contact_for(membership, contact_id)
        except Contact.DoesNotExist:
            raise Http404 from None
        path = f"/contacts/{contact.pk}/"
        remember_opened(membership, kind="contact", object_id=contact.pk, title=str(contact), path=path)
        context = {
            "contact": contact,
            "company_url": reverse("deals:company", args=[contact.company_id]),
            "panels": panels_of(contact.company, membership),
            "changes": entries_of(timeline_of(contact.pk, membership)[:CHANGES_SHOWN], membership, every=True),
            "audit_url": f"{reverse('events:audit')}?kind=contact" if membership.can(AUDIT_VIEW) else "",
            "is_partner": membership.side == PARTNER,
            "crumbs": [(_("Customers"), None), (_("Contacts"), reverse("deals:contacts")), (str(contact), None)],
        }
        return self.record_page("deals/contact.html", contact, context)
