"""What the page of a deal shows of its quotes."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from deals.models import Deal
from deals.states.deals import IS_CLOSED
from partnerhub.accounts.models import Membership
from partnerhub.quotes.services import QUOTES
from partnerhub.quotes.states import QUOTE_TONES, QuoteStatus
from partnerhub.roles import QUOTES_MANAGE
from partnerhub.web.lists import cells as cell

QUOTES_PART = "quotes/part.html"
QUOTES_SHOWN = 20


def quotes_part(deal: Deal, membership: Membership) -> Mapping[str, Any] | None:
    """The latest quotes as this member sees them, and the way to a new one; None where there is neither."""
    can_add = membership.can(QUOTES_MANAGE) and deal.status not in IS_CLOSED
    found = list(QUOTES.rows(membership).filter(deal=deal).order_by("-number")[:QUOTES_SHOWN])
    if not found and not can_add:
        return None
    pill = cell.Status("status", QuoteStatus, QUOTE_TONES).pill
    return {
        "quotes": [(quote, pill(quote)) for quote in found],
        "new_url": reverse("quotes:new", args=[deal.pk]) if can_add else "",
    }
