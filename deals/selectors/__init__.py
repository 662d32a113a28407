"""What a member may see of the customers, and of the vendor's own accounts."""

from deals.selectors.alike import all_alike, likely_same, others_like
from deals.selectors.customers import (
    accounts_for,
    called_alike,
    companies_for,
    contact_of,
    contacts_for,
    contacts_of,
    ids_of,
    is_known_account,
    listed_companies,
    listed_contacts,
    merged_of,
    names_offered,
    seen_by,
    standing_for,
)

__all__ = [
    "accounts_for",
    "all_alike",
    "called_alike",
    "companies_for",
    "contact_of",
    "contacts_for",
    "contacts_of",
    "ids_of",
    "is_known_account",
    "likely_same",
    "listed_companies",
    "listed_contacts",
    "merged_of",
    "names_offered",
    "others_like",
    "seen_by",
    "standing_for",
]
