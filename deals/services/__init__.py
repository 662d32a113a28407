"""Verbs on customers, and on the vendor's own accounts."""

from deals.services.accounts import add_account, change_account
from deals.services.forgetting import forget_customer
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
    "forget_customer",
    "merge",
    "remember_customer",
    "split_company",
    "unmerge",
]
