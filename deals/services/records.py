"""Companies and contacts as records: what is seen of them, what events tell."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from deals.models import Company, Contact
from deals.selectors import companies_for, contacts_for
from partnerhub.actors import Seat
from partnerhub.records.kinds import Kept
from partnerhub.roles import CUSTOMERS_VIEW


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


COMPANIES, CONTACTS = Companies(), Contacts()
