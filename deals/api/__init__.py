"""Customers, and the vendor's own accounts, over the API."""

from deals.api.accounts import VendorAccountViewSet
from deals.api.customers import CompanyViewSet, ContactViewSet
from deals.api.deals import DealsAPI
from deals.api.duplicates import DuplicateViewSet
from deals.api.registrations import DealRegistrationRulesAPI, DealRegistrationsAPI
from deals.api.talk import DealTalkAPI

__all__ = [
    "CompanyViewSet",
    "ContactViewSet",
    "DealRegistrationRulesAPI",
    "DealRegistrationsAPI",
    "DealTalkAPI",
    "DealsAPI",
    "DuplicateViewSet",
    "VendorAccountViewSet",
]
