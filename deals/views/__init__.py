"""The pages of customers, and of the vendor's own accounts."""

from deals.views.accounts import AccountsView, AccountView, NewAccountView
from deals.views.customers import CompanyView, ContactView

__all__ = ["AccountView", "AccountsView", "CompanyView", "ContactView", "NewAccountView"]
