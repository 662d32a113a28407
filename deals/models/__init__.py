"""The customers of a partner, the vendor's own accounts, and deals."""

from deals.models.customers import (
    IS_MERGED,
    Company,
    Contact,
    Customer,
    Duplicate,
    DuplicateWatch,
    VendorAccount,
)
from deals.models.deals import Deal, DealSide
from deals.models.registrations import REGISTRATION_RULES, DealRegistration, DealRegistrationRule

__all__ = [
    "IS_MERGED",
    "REGISTRATION_RULES",
    "Company",
    "Contact",
    "Customer",
    "Deal",
    "DealRegistration",
    "DealRegistrationRule",
    "DealSide",
    "Duplicate",
    "DuplicateWatch",
    "VendorAccount",
]
