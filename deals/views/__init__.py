"""The pages of customers, and of the vendor's own accounts."""

from deals.views.accounts import AccountsView, AccountView, NewAccountView
from deals.views.customers import CompanyView, ContactView
from deals.views.deal import DealMessageView, DealNoteView, DealView
from deals.views.deals import CloneDealView, DealStepView, DealsView, NewDealView
from deals.views.duplicates import DuplicateView
from deals.views.merging import (
    MergeCompanyView,
    MergeContactView,
    UnmergeCompanyView,
    UnmergeContactView,
)
from deals.views.registrations import DealRegistrationRuleView, DealRegistrationView
from deals.views.sharing import ShareWithCompanyView, ShareWithContactView
from deals.views.splitting import SplitCompanyView, SplitContactView

__all__ = [
    "AccountView",
    "AccountsView",
    "CloneDealView",
    "CompanyView",
    "ContactView",
    "DealMessageView",
    "DealNoteView",
    "DealRegistrationRuleView",
    "DealRegistrationView",
    "DealStepView",
    "DealView",
    "DealsView",
    "DuplicateView",
    "MergeCompanyView",
    "MergeContactView",
    "NewAccountView",
    "NewDealView",
    "ShareWithCompanyView",
    "ShareWithContactView",
    "SplitCompanyView",
    "SplitContactView",
    "UnmergeCompanyView",
    "UnmergeContactView",
]
