"""The lists of customers and of deals."""

from deals.tables.customers import FINDABLE as CUSTOMERS_FOUND
from deals.tables.customers import AccountList, CompanyList, ContactList, DuplicateList
from deals.tables.deals import FOUND_DEAL, DealList
from deals.tables.registrations import DealRegistrationList

FINDABLE = (*CUSTOMERS_FOUND, FOUND_DEAL)

__all__ = ["FINDABLE", "AccountList", "CompanyList", "ContactList", "DealList", "DealRegistrationList", "DuplicateList"]
