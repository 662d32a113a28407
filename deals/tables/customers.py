"""The lists of customers: companies and contacts."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from deals.models import Company, Contact, Duplicate, VendorAccount
from deals.search import ACCOUNT_SEARCH, COMPANIES, CONTACTS
from deals.selectors import accounts_for, listed_companies, listed_contacts, standing_for
from deals.services.records import DUPLICATES
from deals.states import TONES, Status
from partnerhub.accounts.models import Membership
from partnerhub.roles import ACCOUNTS_VIEW, CUSTOMERS_VIEW, PARTNER, VENDOR
from partnerhub.web.finding import Findable
from partnerhub.web.lists import Blank, Column, ListFilter, ListOf
from partnerhub.web.lists.cells import Ago, Day, Link, Number, Outside, Phone, Tags, Text, YesNo
from partnerhub.web.lists.cells import Status as StatusCell
from partnerhub.web.lists.filters import SearchFilter
from partnerhub.web.visibility import Rule

WHOSE = Column("partner", _("Partner"), css="mid", side=VENDOR, cell=Text("partner.name"))
UPDATED = Column("updated", _("Last activity"), "updated_at", cell=Ago("updated_at"))
NOTHING_FOUND = _("Nothing was found with this search. Part of a word is enough, and accents do not matter.")


class CompanyFilter(ListFilter):
    q = SearchFilter(
        label=_("Search companies"),
        placeholder=_("Company or website"),
        help_text="Parts of words of name or website; accents do not matter.",
    )


class CompanyList(ListOf):
    """The companies that a member may see, those with the latest activity first."""

    membership: Membership

    name, title, section = "companies", _("Companies"), _("Customers")
    about = {
        PARTNER: _("The businesses your organisation has referred."),
        VENDOR: _("The businesses the partners have referred, each as its partner knows it."),
    }
    counted = ngettext_lazy("%(number)s company", "%(number)s companies", "count")
    page_name = "deals:companies"
    permission = CUSTOMERS_VIEW
    filter_class = CompanyFilter
    searched = COMPANIES
    default_order = "-updated"
    columns = (
        Column("company", _("Company"), "name_key", always=True, cell=Link("name", to=Company.urls)),
        WHOSE,
        Column("website", _("Website"), "host", cell=Outside("host", where="website_url")),
        Column("country", _("Country"), css="mid", cell=Text("country.name")),
        Column("contacts", _("Contacts"), css="amount num", cell=Number("contact_count")),
        UPDATED,
    )
    nothing_found = Blank("search", _("No company matches"), NOTHING_FOUND)
    nothing_yet = Blank(
        "building",
        _("No companies yet"),
        {
            PARTNER: _("When you refer a business, it appears here with the people you know there."),
            VENDOR: _("When a partner refers a business, it appears here with the people the partner knows there."),
        },
    )

    def rows(self) -> QuerySet[Any]:
        return listed_companies(self.membership)

    def rule(self) -> Rule:
        return standing_for(self.membership)


class ContactFilter(ListFilter):
    q = SearchFilter(
        label=_("Search contacts"),
        placeholder=_("Name, email or company"),
        help_text="Parts of words of name, email or company.",
    )


class ContactList(ListOf):
    """The people that a member may see, those with the latest activity first."""

    membership: Membership

    name, title, section = "contacts", _("Contacts"), _("Customers")
    about = {
        PARTNER: _("The people your organisation knows in the businesses it has referred."),
        VENDOR: _("The people the partners know in the businesses they have referred."),
    }
    counted = ngettext_lazy("%(number)s contact", "%(number)s contacts", "count")
    page_name = "deals:contacts"
    permission = CUSTOMERS_VIEW
    filter_class = ContactFilter
    searched = CONTACTS
    default_order = "-updated"
    columns = (
        Column("contact", _("Contact"), "name_key", always=True, cell=Link(str, "job_title", to=Contact.urls)),
        WHOSE,
        Column("company", _("Company"), "company_key", cell=Link("business.name", to=Company.urls, key="business.pk")),
        Column("email", _("Email"), "email", css="mid", cell=Outside("email", where="mail_url")),
        Column("phone", _("Phone"), css="late num", cell=Phone("phone")),
        UPDATED,
    )
    nothing_found = Blank("search", _("No contact matches"), NOTHING_FOUND)
    nothing_yet = Blank(
        "people",
        _("No contacts yet"),
        {
            PARTNER: _("When you refer a business, the person you name there appears here."),
            VENDOR: _("When a partner refers a business, the person it names there appears here."),
        },
    )

    def rows(self) -> QuerySet[Any]:
        return listed_contacts(self.membership)

    def rule(self) -> Rule:
        return standing_for(self.membership)


class AccountFilter(ListFilter):
    q = SearchFilter(
        label=_("Search accounts"),
        placeholder=_("Name, domain or seller"),
        help_text="Parts of words of name, domains or seller; accents do not matter.",
    )


class AccountList(ListOf):
    """The businesses that the vendor itself knows, by name."""

    name, title, section = "vendor-accounts", _("Vendor accounts"), _("Customers")
    about = _("The businesses you know yourselves. They feed the conflict check; partners never see this list.")
    counted = ngettext_lazy("%(number)s account", "%(number)s accounts", "count")
    page_name = "deals:accounts"
    permission = ACCOUNTS_VIEW
    filter_class = AccountFilter
    searched = ACCOUNT_SEARCH
    default_order = "name"
    columns = (
        Column("name", _("Name"), "name_key", always=True, cell=Link("name", to=VendorAccount.urls)),
        Column("domains", _("Domains"), cell=Tags("domains")),
        Column("since", _("Customer since"), cell=Day("customer_since")),
        Column("seller", _("Seller"), css="mid", cell=Text("seller")),
        Column("managed", _("Managed"), css="late", cell=YesNo("is_managed")),
        Column("closed", _("Do not refer"), css="late", cell=YesNo("do_not_refer")),
        UPDATED,
    )
    nothing_found = Blank("search", _("No account matches"), NOTHING_FOUND)
    nothing_yet = Blank(
        "building",
        _("No accounts yet"),
        _("Add the businesses that partners can’t refer because you know them already."),
    )

    def rows(self) -> QuerySet[Any]:
        return accounts_for(self.membership)


class DuplicateList(ListOf):
    """Pairs of customers that may be one, those found last first."""

    name, title, section = "duplicates", _("Possible duplicates"), _("Customers")
    about = _("Companies and contacts that may be one. Merge them, or say that they are not the same.")
    counted = ngettext_lazy("%(number)s possible duplicate", "%(number)s possible duplicates", "count")
    kept, page_name, permission = DUPLICATES, "deals:duplicates", CUSTOMERS_VIEW
    narrowed_by, default_order, live = ("status", "found"), "-found", "duplicate"
    columns = (
        Column("one", _("Company or contact"), always=True, cell=Link("one", "one_at", to=Duplicate.urls)),
        Column("twin", _("Perhaps the same as"), cell=Text("twin", "twin_at")),
        Column("likeness", _("Why"), css="mid", cell=Text("get_likeness_display")),
        Column("status", _("Status"), css="state", cell=StatusCell("status", Status, TONES)),
        WHOSE,
        Column("found", _("Found"), "created_at", css="late", cell=Day("created_at")),
    )
    nothing_found = Blank("search", _("No possible duplicate matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank(
        "people", _("No possible duplicates"), _("Two that may be one appear here soon after they come in.")
    )


FINDABLE = (
    Findable("company", CompanyList, "deals:companies", Company.urls, "name", lambda company: company.host),
    Findable("contact", ContactList, "deals:contacts", Contact.urls, str, lambda contact: contact.business.name),
)
