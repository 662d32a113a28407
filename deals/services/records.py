"""Companies and contacts as records: what is seen of them, what events tell."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from deals.models import Company, Contact, Duplicate, VendorAccount
from deals.selectors import accounts_for, companies_for, contacts_for, ids_of, seen_by
from deals.states import DUPLICATE
from deals.words import FIELDS
from partnerhub.actors import Seat
from partnerhub.records.kept import Kept
from partnerhub.records.kinds import Records
from partnerhub.roles import ACCOUNTS_VIEW, CUSTOMERS_VIEW
from partnerhub.web.visibility import Rule

FOUND_BY = frozenset({"name_key", "name_core", "company_key", "host", "merged_into", "known_as", "search_text"})


class Companies(Kept[Company]):
    """Leads bring them and keep them up to date; a person merges those that are one."""

    permission = CUSTOMERS_VIEW
    model = Company
    plural = "companies"
    joins = ("partner", "known_as")
    untold = FOUND_BY
    labels = {"name": _("Name"), "website": _("Website"), "country": _("Country"), "postcode": _("Postcode")}

    def rows(self, by: Seat) -> QuerySet[Company]:
        return companies_for(by).select_related(*self.joins)

    def read_again(self, record: Company) -> None:
        record.known_as = Company.objects.get(pk=record.known_as_id) if record.known_as_id else None

    def told_with(self, record: Company) -> list[UUID]:
        """What happened to those that were merged into it."""
        return ids_of(record)[1:]

    def event_data(self, record: Company) -> dict[str, Any]:
        return {"version": record.version}


class Contacts(Kept[Contact]):
    """As companies."""

    permission = CUSTOMERS_VIEW
    model = Contact
    plural = "contacts"
    joins = ("partner", "company__known_as", "known_as")
    untold = FOUND_BY
    labels = {
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "email": _("Email"),
        "company": _("Company"),
        "phone": _("Phone"),
        "job_title": _("Job title"),
    }

    def rows(self, by: Seat) -> QuerySet[Contact]:
        return contacts_for(by).select_related(*self.joins)

    def read_again(self, record: Contact) -> None:
        record.known_as = Contact.objects.get(pk=record.known_as_id) if record.known_as_id else None

    def told_with(self, record: Contact) -> list[UUID]:
        """As companies."""
        return ids_of(record)[1:]

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


class Duplicates(Records[Duplicate]):
    """Pairs of customers that may be one: a partner sees its own, the vendor all."""

    permission = CUSTOMERS_VIEW
    model, machine = Duplicate, DUPLICATE
    plural, called, many, icon = "duplicates", _("Possible duplicate"), _("Possible duplicates"), "people"
    joins = ("partner", "company", "company_twin", "contact", "contact_twin")
    labels = {"status": _("Status"), "likeness": _("Why")}
    tells = {"one": "one", "twin": "twin"}

    def seen_by(self, by: Seat) -> Rule:
        return seen_by(by)


COMPANIES, CONTACTS, VENDOR_ACCOUNTS = Companies(), Contacts(), Accounts()
DUPLICATES = Duplicates()
