"""Customers, and the vendor's own accounts, over the API."""

from deals.api.accounts import VendorAccountViewSet
from deals.api.customers import CompanyViewSet, ContactViewSet
from deals.api.deals import DealsAPI
from deals.api.duplicates import DuplicateViewSet

__all__ = ["CompanyViewSet", "ContactViewSet", "DealsAPI", "DuplicateViewSet", "VendorAccountViewSet"]
