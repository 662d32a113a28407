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

__all__ = [
    "IS_MERGED",
    "Company",
    "Contact",
    "Customer",
    "Deal",
    "DealSide",
    "Duplicate",
    "DuplicateWatch",
    "VendorAccount",
]
