"""Customers, and the vendor's own accounts, over the API."""

from deals.api.accounts import VendorAccountViewSet
from deals.api.customers import CompanyViewSet, ContactViewSet

__all__ = ["CompanyViewSet", "ContactViewSet", "VendorAccountViewSet"]
