"""Deals whose customers are quoted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from deals.models import Deal
from deals.services import open_deal
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.partners.models import Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.quotes.models import Quote
from partnerhub.quotes.services import (
    open_quote,
    send_quote,
)
from partnerhub.tenancy.models import Tenant
from tests.quotes.brings import with_contact

ClientOf = Callable[[Membership], Client]
TRAINING = {"text": "Training", "quantity": 2, "unit_minor": 45_000}
EMAIL = "kauf@kruse.example"


@pytest.fixture
def deal_of(seller: Membership, acting: Any) -> Callable[..., Deal]:
    """A deal of Nordwind's with a contact, co-sell unless another type is said."""

    def opened(kind: str = "co_sell", email: str = EMAIL) -> Deal:
        money = {"value_minor": 4_000_000, "currency": "EUR", "close_date": localdate() + timedelta(days=60)}
        ready = {"name": "Till in a box", "status": SolutionStatus.CO_SELL_READY}
        with acting(seller):
            sold, _is_new = Solution.objects.get_or_create(partner_id=seller.partner_id, **ready)
            named = {"solutions": [sold.pk], "team": [seller.pk], "consent": True, "type": kind}
            deal = open_deal(by=seller, name="Twelve tills", company="Kruse Feinkost", **named, **money)
            if email:
                with_contact(deal, email)
            return deal

    return opened


@pytest.fixture
def sent(seller: Membership, deal_of: Any, acting: Any) -> Quote:
    with acting(seller):
        return send_quote(open_quote(deal_of().pk, lines=[TRAINING], by=seller).pk, by=seller)


@pytest.fixture
def anybody(acme: Tenant) -> Client:
    """The customer's browser: it has no account here."""
    return Client(headers={"host": "localhost"}, enforce_csrf_checks=True)


def again(quote: Quote) -> Quote:
    return Quote.objects.select_related("deal").get(pk=quote.pk)


def told_of(deal_id: Any) -> list[str]:
    return list(Event.objects.filter(subject_id=deal_id).order_by("id").values_list("kind", flat=True))
