"""Who asks, and on what."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.bulk.services import carry_on


@pytest.fixture
def shops(seller: Membership, new_lead: Callable[..., Any], acting: Callable[..., Any]) -> list[Lead]:
    """A hundred and thirty leads: more than are done at once. One is submitted, the others are copies of it."""
    first = new_lead(seller, company="Shop 000", website="https://s000.example.org")
    with acting(seller):
        copies = [_copy(first, number) for number in range(1, 130)]
        Lead.objects.bulk_create(copies)
        return [first, *copies]


def _copy(lead: Lead, number: int) -> Lead:
    company = f"Shop {number:03}"
    copy = Lead.objects.get(pk=lead.pk)
    copy.pk, copy.number = UUID(int=lead.pk.int + number), lead.number + 1000 + number
    copy.company, copy.company_key = company, company.lower()
    copy.website, copy.website_host = f"https://s{number:03}.example.org", f"s{number:03}.example.org"
    return copy


@pytest.fixture
def keepers(acting: Callable[..., Any], manager: Membership) -> Callable[[], dict[str, UUID | None]]:
    """Company → whose the lead is."""

    def read() -> dict[str, UUID | None]:
        with acting(manager):
            return dict(Lead.objects.values_list("company", "representative_id"))

    return read


@pytest.fixture
def work() -> Callable[[], int]:
    """The worker, until nothing is due."""
    return carry_on
