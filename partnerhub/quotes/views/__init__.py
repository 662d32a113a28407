"""The pages of products and quotes, and the one behind a customer's link."""

from partnerhub.quotes.views.customer import QuoteLinkView
from partnerhub.quotes.views.products import NewProductView, ProductPage, ProductsView
from partnerhub.quotes.views.quotes import (
    NewQuoteView,
    NumberedPdfView,
    NumberedQuoteView,
    QuotePage,
    QuoteStepView,
)

__all__ = [
    "NewProductView",
    "NewQuoteView",
    "NumberedPdfView",
    "NumberedQuoteView",
    "ProductPage",
    "ProductsView",
    "QuoteLinkView",
    "QuotePage",
    "QuoteStepView",
]
