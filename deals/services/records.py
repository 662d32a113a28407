"""Companies and contacts as records: what is seen of them, what events tell."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from deals.models import Company, Contact, VendorAccount
from deals.selectors import accounts_for, companies_for, contacts_for
from deals.words import FIELDS
from partnerhub.actors import Seat
from partnerhub.records.kinds import Kept
from partnerhub.roles import ACCOUNTS_VIEW, CUSTOMERS_VIEW


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


class Accounts(Kept[VendorAccount]):
    """The vendor's own: no partner gets a word of them."""

    permission = ACCOUNTS_VIEW
    model = VendorAccount
    plural = "vendor_accounts"
    untold = frozenset({"name_key", "keys", "search_text"})
    labels = FIELDS
    vendor_only = frozenset(FIELDS)

    def rows(self, by: Seat) -> QuerySet[VendorAccount]:
        return accounts_for(by)

    def event_data(self, record: VendorAccount) -> dict[str, Any]:
        return {"version": record.version, "name": record.name, "url": record.urls.page}


COMPANIES, CONTACTS, VENDOR_ACCOUNTS = Companies(), Contacts(), Accounts()
