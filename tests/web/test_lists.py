"""Pages by key: every row once, in both directions, whatever the column, however many rows share a value."""

from collections.abc import Callable
from typing import Any

import pytest

from leads.models import Lead
from leads.selectors import submitted_leads
from leads.tables import COLUMNS, DEFAULT_ORDER
from partnerhub.accounts.models import Membership
from partnerhub.web.lists import Cursor, Order, Page, order_of, page_of, size_of

COUNT, SIZE = 23, 5
SORTED = [column for column in COLUMNS if column.sort]


@pytest.fixture
def many(seller: Membership, new_lead: Callable[..., Any]) -> None:
    """More leads than pages hold; companies repeat, so that ties have to be broken."""
    for number in range(COUNT):
        kind = "plus" if number % 3 else "pos"
        new_lead(seller, company=f"Shop {number % 4}", website=f"https://s{number}.example.org", kind=kind)


def walk(order: Order, membership: Any) -> list[Page]:
    pages = [page_of(submitted_leads(membership), order, size=SIZE)]
    while pages[-1].older:
        pages.append(page_of(submitted_leads(membership), order, cursor=pages[-1].older, size=SIZE))
    return pages


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("column", SORTED, ids=lambda column: column.key)
def test_walking_to_the_end_shows_every_lead_once_in_order(
    many: None, seller: Membership, acting: Callable[..., Any], column: Any, descending: bool
) -> None:
    with acting(seller):
        order = Order(column, descending)
        walked = [lead.pk for page in walk(order, seller) for lead in page.rows]
        sign = "-" if descending else ""
        straight = list(Lead.objects.order_by(f"{sign}{column.sort}", f"{sign}id").values_list("pk", flat=True))
    assert walked == straight
    assert len(walked) == COUNT


@pytest.mark.parametrize("column", SORTED, ids=lambda column: column.key)
def test_walking_back_shows_the_same_pages(
    many: None, seller: Membership, acting: Callable[..., Any], column: Any
) -> None:
    with acting(seller):
        order = Order(column, descending=True)
        pages = walk(order, seller)
        page = pages[-1]
        for earlier in reversed(pages[:-1]):
            page = page_of(submitted_leads(seller), order, cursor=page.newer or "", size=SIZE)
            assert [lead.pk for lead in page.rows] == [lead.pk for lead in earlier.rows]
            assert (page.first_row, page.last_row) == (earlier.first_row, earlier.last_row)
    assert page.newer is None


def test_a_mangled_cursor_shows_the_first_page(many: None, seller: Membership, acting: Callable[..., Any]) -> None:
    order = order_of("", COLUMNS, DEFAULT_ORDER)
    bad_value = Cursor(True, "not a time", seller.pk, 5).encode()
    with acting(seller):
        first = [lead.pk for lead in page_of(submitted_leads(seller), order, size=SIZE).rows]
        for cursor in ("x", "%%%", "W10", "bnVsbA", bad_value):
            page = page_of(submitted_leads(seller), order, cursor=cursor, size=SIZE)
            assert [lead.pk for lead in page.rows] == first


def test_an_order_or_a_size_that_is_not_offered_is_the_default() -> None:
    assert order_of("tenant_id", COLUMNS, DEFAULT_ORDER).parameter == DEFAULT_ORDER
    assert order_of("-partner__name", COLUMNS, DEFAULT_ORDER).parameter == DEFAULT_ORDER
    assert size_of("1000000") == size_of("x") == size_of(None) == 25
