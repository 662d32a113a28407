"""The pages of companies and contacts."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from deals.models import Company, Contact
from deals.panels import panels_of
from deals.selectors import (
    company_for,
    contact_for,
    contacts_of,
    listed_companies,
    listed_contacts,
    search_in,
)
from deals.tables import COMPANY_COLUMNS, CONTACT_COLUMNS, DEFAULT_ORDER, columns_for
from partnerhub.accounts.services import remember_opened
from partnerhub.roles import CUSTOMERS_VIEW, PARTNER
from partnerhub.web.listing import Address, list_context
from partnerhub.web.lists import order_of, page_of, size_of
from partnerhub.web.views import PortalView

LONGEST_SEARCH = 200


class CustomerListView(PortalView):
    """A list with search, order, columns and pages, all in the address; only the list where htmx asks for it."""

    permission = CUSTOMERS_VIEW
    template = ""
    fragment = ""
    model: type[Company] | type[Contact] = Company
    columns = COMPANY_COLUMNS

    def rows(self) -> Any:
        raise NotImplementedError

    def title(self) -> str:
        raise NotImplementedError

    def get(self, request: Any) -> HttpResponseBase:
        columns = columns_for(self.columns, request.membership.side)
        order = order_of(request.GET.get("sort", ""), columns, DEFAULT_ORDER)
        size = size_of(request.GET.get("size"))
        text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
        narrow = search_in(self.model, text, order) if text else None
        page = page_of(self.rows(), order, cursor=request.GET.get("cursor", ""), size=size, narrow=narrow)
        context = list_context(columns, order, page, size, Address(request.GET, own=("q",)))
        context |= {
            "text": text,
            "is_partner": request.membership.side == PARTNER,
            "companies_url": reverse("deals:companies"),
            "contacts_url": reverse("deals:contacts"),
            "crumbs": [(_("Customers"), None), (self.title(), None)],
        }
        is_fragment = request.htmx and request.htmx.target == "list"
        return self.page(self.fragment if is_fragment else self.template, context)


class CompanyListView(CustomerListView):
    template = "deals/companies.html"
    fragment = "deals/_companies.html"
    model = Company
    columns = COMPANY_COLUMNS

    def rows(self) -> Any:
        return listed_companies(self.request.membership)

    def title(self) -> str:
        return _("Companies")


class ContactListView(CustomerListView):
    template = "deals/contacts.html"
    fragment = "deals/_contacts.html"
    model = Contact
    columns = CONTACT_COLUMNS

    def rows(self) -> Any:
        return listed_contacts(self.request.membership)

    def title(self) -> str:
        return _("Contacts")


class CompanyView(PortalView):
    """One company: what is known of it, its people, and what higher storeys have to say of it."""

    permission = CUSTOMERS_VIEW

    def get(self, request: Any, company_id: UUID) -> HttpResponseBase:
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
            "is_partner": membership.side == PARTNER,
            "crumbs": [(_("Customers"), None), (_("Companies"), reverse("deals:companies")), (company.name, None)],
        }
        return self.page("deals/company.html", context)


class ContactView(PortalView):
    """One person, and what is known of their company."""

    permission = CUSTOMERS_VIEW

    def get(self, request: Any, contact_id: UUID) -> HttpResponseBase:
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
            "is_partner": membership.side == PARTNER,
            "crumbs": [(_("Customers"), None), (_("Contacts"), reverse("deals:contacts")), (str(contact), None)],
        }
        return self.page("deals/contact.html", context)
