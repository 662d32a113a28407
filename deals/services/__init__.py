"""Verbs on customers, and on the vendor's own accounts."""

from deals.services.accounts import add_account, change_account
from deals.services.deals import DEALS, edit_deal, lose_deal, move_deal, strike_deal, win_deal
from deals.services.doubling import find_duplicates, look_for_duplicates, propose_again, say_not_same
from deals.services.forgetting import forget_customer
from deals.services.merging import MERGEABLES, Mergeable, merge, unmerge
from deals.services.opening import clone_deal, open_deal, open_known, open_offered
from deals.services.records import COMPANIES, CONTACTS, DUPLICATES, VENDOR_ACCOUNTS
from deals.services.remembering import Brought, remember_company, remember_customer, remember_customers
from deals.services.sharing import share_deal, share_with_company, share_with_contact
from deals.services.splitting import split_company, split_contact

__all__ = [
    "COMPANIES",
    "CONTACTS",
    "DEALS",
    "DUPLICATES",
    "MERGEABLES",
    "VENDOR_ACCOUNTS",
    "Brought",
    "Mergeable",
    "add_account",
    "change_account",
    "clone_deal",
    "edit_deal",
    "find_duplicates",
    "forget_customer",
    "look_for_duplicates",
    "lose_deal",
    "merge",
    "move_deal",
    "open_deal",
    "open_known",
    "open_offered",
    "propose_again",
    "remember_company",
    "remember_customer",
    "remember_customers",
    "say_not_same",
    "share_deal",
    "share_with_company",
    "share_with_contact",
    "split_company",
    "split_contact",
    "strike_deal",
    "unmerge",
    "win_deal",
]
