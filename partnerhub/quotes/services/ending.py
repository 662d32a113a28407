"""Quotes are over with time, or with their deal."""

from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from partnerhub.events.services import SYSTEM
from partnerhub.quotes.models import Quote
from partnerhub.quotes.services.records import QUOTES, tell_deal_of
from partnerhub.quotes.states import QuoteStatus
from partnerhub.tenancy.sweeping import sweep_due


@transaction.atomic
def lapse_with_deal(deal_id: UUID) -> None:
    """The deal is closed, and the caller holds it: what the customer has not answered is over with it."""
    rows = QUOTES.joined().filter(deal=deal_id, status__in=(QuoteStatus.DRAFT, QuoteStatus.SENT)).order_by("number")
    for held in rows.select_for_update(of=("self",), no_key=True):
        QUOTES.take("lapse", held, by=SYSTEM)


def sweep_quotes() -> int:
    """Let expire what was not answered in time, in all tenants; how many."""
    return sweep_due("due_quotes", QUOTES.held_if_free, _sweep)


def _sweep(held: Quote) -> bool:
    if held.status != QuoteStatus.SENT or held.expires_at is None or held.expires_at > now():
        return False
    QUOTES.take("expire", held, by=SYSTEM)
    tell_deal_of("deal.quote_expired", held, SYSTEM)
    return True
