"""What customers bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from deals.models import Company, Contact
from deals.tables import CompanyList, ContactList
from partnerhub.web.folding import fold
from tests.brought import Sent, each, files_of, rows
from tests.kits.declared import list_of
from tests.kits.rows import copies, moment, name
from tests.stack import MANAGER, SELLER

ADDRESSES = rows(
    """
    GET companies/ RCP
    GET companies/export.csv RCP
    GET companies/export.xlsx RCP
    GET companies/<uuid:company_id>/ RCP company
    GET contacts/ RCP
    GET contacts/export.csv RCP
    GET contacts/export.xlsx RCP
    GET contacts/<uuid:contact_id>/ RCP contact
    GET api/v1/companies/ RCP
    GET api/v1/companies/export/ RCP
    GET api/v1/companies/<uuid:company_id>/ RCP company
    GET api/v1/companies/<uuid:company_id>/timeline/ RCP company
    GET api/v1/contacts/<uuid:contact_id>/timeline/ RCP contact
    PATCH api/v1/companies/<uuid:company_id>/external/ RCP company
    PATCH api/v1/contacts/<uuid:contact_id>/external/ RCP contact
    GET api/v1/contacts/ RCP
    GET api/v1/contacts/export/ RCP
    GET api/v1/contacts/<uuid:contact_id>/ RCP contact
    """
)

PAGES = {
    "companies/": each("companies/", SELLER, MANAGER),
    "companies/<uuid:company_id>/": each("companies/{company}/", SELLER, MANAGER),
    "contacts/": each("contacts/", SELLER, MANAGER),
    "contacts/<uuid:contact_id>/": each("contacts/{contact}/", SELLER, MANAGER),
}

NO_PAGE = files_of("companies", "contacts")


def written(house: Any) -> dict[str, Sent]:
    return {
        f"PATCH api/v1/{kind}/<uuid:{one}_id>/external/": Sent("R", {"external_id": "c-1", "metadata": {"crm": "x"}})
        for kind, one in (("companies", "company"), ("contacts", "contact"))
    }


RECORDS = {"company": Company, "contact": Contact}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """The customers that their leads made."""
    return {
        kind: {"own": house.first(model, partner=house.nordwind), "rival": house.first(model, partner=house.baltkassa)}
        for kind, model in RECORDS.items()
    }


FOLLOWS = {"deals.Company": "leads.Lead", "deals.Contact": "leads.Lead"}

NEWEST = {"company": ("deals_company", ""), "contact": ("deals_contact", "")}


def companies(house: Any, count: int) -> None:
    copies(
        Company.objects.filter(partner=house.nordwind).first(),
        count,
        name=name,
        name_key=lambda number: fold(name(number)),
        host=lambda number: f"shop{number}.example.org",
        country=lambda number: ("DE", "NO", "")[number % 3],
        search_text=lambda number: fold(f"{name(number)} shop{number}.example.org"),
        updated_at=moment,
    )


def contacts(house: Any, count: int) -> None:
    copies(
        Contact.objects.filter(partner=house.nordwind).first(),
        count,
        first_name=lambda number: "Ada",
        last_name=lambda number: name(number)[:80],
        name_key=lambda number: fold(f"Ada {name(number)[:80]}"),
        company_key=lambda number: fold(name(number + number // 9)),
        email=lambda number: f"ada{number}@example.org" if number % 5 else f"@ada{number}@example.org",
        search_text=lambda number: fold(f"Ada {name(number)[:80]} ada{number}@example.org"),
        updated_at=moment,
    )


LISTS = {
    **list_of(CompanyList, companies, words=lambda row: (row.name, row.host)),
    **list_of(ContactList, contacts, words=lambda row: (row.name, row.email, row.company.name)),
}
