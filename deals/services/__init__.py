"""Verbs on customers, and on the vendor's own accounts."""

from deals.services.accounts import add_account, change_account
from deals.services.merging import MERGEABLES, Mergeable, merge, unmerge
from deals.services.records import COMPANIES, CONTACTS, VENDOR_ACCOUNTS
from deals.services.remembering import remember_customer
from deals.services.splitting import split_company

__all__ = [
    "COMPANIES",
    "CONTACTS",
    "MERGEABLES",
    "VENDOR_ACCOUNTS",
    "Mergeable",
    "add_account",
    "change_account",
    "merge",
    "remember_customer",
    "split_company",
    "unmerge",
]
