"""Verbs on products and quotes: the catalogue, drafting, sending, the customer's answer, the end (D5)."""

from partnerhub.quotes.services.answering import accept_quote, decline_quote
from partnerhub.quotes.services.drafting import edit_quote, new_version, open_quote
from partnerhub.quotes.services.ending import lapse_with_deal, sweep_quotes
from partnerhub.quotes.services.products import (
    PRODUCTS,
    add_product,
    edit_product,
    offer_product_again,
    retire_product,
)
from partnerhub.quotes.services.records import QUOTES
from partnerhub.quotes.services.sending import send_quote, withdraw_quote

__all__ = [
    "PRODUCTS",
    "QUOTES",
    "accept_quote",
    "add_product",
    "decline_quote",
    "edit_product",
    "edit_quote",
    "lapse_with_deal",
    "new_version",
    "offer_product_again",
    "open_quote",
    "retire_product",
    "send_quote",
    "sweep_quotes",
    "withdraw_quote",
]
