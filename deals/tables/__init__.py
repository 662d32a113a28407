"""The lists of customers and of deals."""

from deals.tables.customers import FINDABLE, AccountList, CompanyList, ContactList, DuplicateList
from deals.tables.deals import DealList

__all__ = ["FINDABLE", "AccountList", "CompanyList", "ContactList", "DealList", "DuplicateList"]
