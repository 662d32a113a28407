"""The pages of companies and contacts."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deals.models import Company, Contact
from deals.panels import panels_of
from deals.selectors import contacts_of
from deals.services import COMPANIES, CONTACTS
from deals.tables import CompanyList, ContactList
from partnerhub.records.showing import CHANGES, RecordView
from partnerhub.roles import VENDOR
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import Part, facts_card

KNOWN_SINCE = Fact(_("Known since"), cell.Date("created_at"))


def _contacts(page: RecordView, company: Company) -> dict[str, Any]:
    return {"contacts": contacts_of(company, page.request.membership), "url": reverse("deals:contacts")}


def _panels(page: RecordView, record: Company | Contact) -> dict[str, Any]:
    """What higher storeys have to say of the company."""
    company = record if isinstance(record, Company) else record.company
    return {"panels": panels_of(company, page.request.membership)}


PANELS = Part("deals/panels.html", _panels)


class CompanyView(RecordView):
    """One company: what is known of it, its people, and what higher storeys have to say of it."""

    kept, record_list, id_name = COMPANIES, CompanyList, "company_id"
    line = (
        Fact(_("A customer of %(partner)s"), cell.Text("partner.name"), side=VENDOR),
        Fact(_("Last activity"), cell.Ago("updated_at")),
    )
    main = (
        PANELS,
        Part("deals/contacts.html", _contacts),
    )
    aside = (
        facts_card(
            _("About the company"),
            Fact(_("Website"), cell.Outside(lambda one: one.host or one.website, where="website_url", breaks=True)),
            Fact(_("Country"), cell.Text("country.name")),
            Fact(_("Postcode"), cell.Text("postcode")),
            Fact(_("Partner"), cell.Text("partner.name"), side=VENDOR),
            KNOWN_SINCE,
        ),
        CHANGES,
    )


class ContactView(RecordView):
    """One person, and what is known of their company."""

    kept, record_list, id_name = CONTACTS, ContactList, "contact_id"
    line = (
        Fact("", cell.Text("job_title")),
        Fact("", cell.Link("company.name", to=Company.urls, key="company_id")),
        Fact(_("a contact of %(partner)s"), cell.Text("partner.name"), side=VENDOR),
    )
    main = (
        Part(
            "deals/panels.html", lambda page, contact: {"panels": panels_of(contact.company, page.request.membership)}
        ),
    )
    aside = (
        facts_card(
            _("How to reach them"),
            Fact(_("Email"), cell.Mail("email")),
            Fact(_("Phone"), cell.Phone("phone", calls=True)),
            Fact(_("Company"), cell.Link("company.name", to=Company.urls, key="company_id")),
            Fact(_("Country"), cell.Text("company.country.name")),
            KNOWN_SINCE,
        ),
        CHANGES,
    )
