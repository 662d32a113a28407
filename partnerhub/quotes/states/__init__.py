"""The words of products and quotes, and the tables of their steps (D5)."""

from partnerhub.quotes.states.products import (
    EDIT_PRODUCT,
    NEW_PRODUCT,
    PRODUCT,
    PRODUCT_ADDED,
    PRODUCT_TONES,
    ProductStatus,
)
from partnerhub.quotes.states.quotes import (
    MOST_LINES,
    MOST_QUANTITY,
    QUOTE,
    QUOTE_TONES,
    QUOTES_TOLD,
    WHOLE_PRICE,
    QuoteStatus,
)

__all__ = [
    "EDIT_PRODUCT",
    "MOST_LINES",
    "MOST_QUANTITY",
    "NEW_PRODUCT",
    "PRODUCT",
    "PRODUCT_ADDED",
    "PRODUCT_TONES",
    "QUOTE",
    "QUOTES_TOLD",
    "QUOTE_TONES",
    "WHOLE_PRICE",
    "ProductStatus",
    "QuoteStatus",
]
