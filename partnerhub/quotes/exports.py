"""A quote on paper."""

from partnerhub.quotes.models import Quote
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.paper import pdf_of

QUOTE_PAPER = """
table { width: 100%; border-collapse: collapse; margin: 6mm 0 } thead { display: table-header-group }
th, td { text-align: left; padding: 1.5mm 2mm 1.5mm 0; border-bottom: 0.2mm solid #bbb; vertical-align: top }
th { font-weight: 600 } .amount { text-align: right; white-space: nowrap } tr { break-inside: avoid }
tfoot td, tfoot th { border: 0; font-weight: 600 } td small { display: block; color: #555 }
.prose { white-space: pre-line }
"""


def quote_pdf(quote: Quote) -> bytes:
    """The quote as the customer reads it, as PDF."""
    return pdf_of("quotes/pdf.html", {"quote": quote, "tenant": current_tenant()}, more=QUOTE_PAPER)
