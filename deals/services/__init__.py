"""Verbs on customers."""

from deals.services.records import COMPANIES, CONTACTS
from deals.services.remembering import remember_customer

__all__ = ["COMPANIES", "CONTACTS", "remember_customer"]
