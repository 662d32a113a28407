"""Partners with a past."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from time_machine import travel

from deals.models import Deal
from deals.services.opening import open_deal
from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.claims.services import WhereTo
from partnerhub.partners.models import Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.ranking.models import RankingCase, RankingTally
from partnerhub.ranking.states import COUNTERS
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.claims.conftest import bring

__all__ = ["bring"]
MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
Sums = dict[tuple[str, str, str], tuple[int, ...]]


@pytest.fixture
def time() -> Iterator[Any]:
    with travel(MONDAY, tick=False) as moved:
        yield moved


@pytest.fixture
def new_deal(acting: Any) -> Callable[..., Deal]:
    """`new_deal(by)` opens a deal that is shared with the vendor, and closes in ten days."""

    def make(by: Membership, **more: Any) -> Deal:
        with acting(by):
            ready = {"partner_id": by.partner_id, "name": "Till in a box", "status": SolutionStatus.CO_SELL_READY}
            sold = Solution.objects.filter(**ready).first() or Solution.objects.create(**ready)
            closes = (datetime.now(UTC) + timedelta(days=10)).date()
            money = {"value_minor": 1_840_000, "currency": "USD", "close_date": closes}
            asked = {"name": "Tills", "company": "Kruse Feinkost", "type": "co_sell", "solutions": [sold.pk]}
            return open_deal(by=by, consent=True, **(money | asked | {"team": [by.pk]} | more))

    return make


@pytest.fixture
def offers(bring: Callable[..., Lead]) -> Callable[..., list[Lead]]:
    """`offers(member, 3)` offers three leads of the vendor's to the member's partner."""
    made = 0

    def make(to: Membership, many: int) -> list[Lead]:
        nonlocal made
        made += many
        numbers = range(made - many + 1, made + 1)
        return [bring(WhereTo.OFFER, number=number, partner=to.partner) for number in numbers]

    return make


def sums_of(tenant: Tenant) -> Sums:
    """All that is counted in the tenant, by partner, month and what it is about."""
    with tenant_scope(tenant):
        return {
            (str(row.partner_id), str(row.month), row.about): tuple(getattr(row, name) for name in COUNTERS)
            for row in RankingTally.objects.all()
        }


def cases_of(tenant: Tenant) -> set[tuple[str, ...]]:
    with tenant_scope(tenant):
        rows = RankingCase.objects.all()
        return {(row.kind, str(row.subject_id), str(row.about), str(row.counts), str(row.next_on)) for row in rows}
