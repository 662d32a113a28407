"""Pages by key: every row once, in both directions, whatever the column, however many rows share a value."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.db.models import QuerySet
from django.http import QueryDict

from leads.models import Lead, Program
from leads.selectors import listed_leads
from leads.services import assign_lead, new_lead_id, save_draft
from leads.tables import LeadList
from partnerhub.accounts.models import Membership
from partnerhub.web.lists import Column, Order, Page, order_of, size_of
from partnerhub.web.lists.paging import CAP, Cursor, cursor_at, page_by

COUNT, SIZE = 23, 5
SORTED = [column for column in LeadList.columns if column.sort]


@pytest.fixture
def many(seller: Membership, new_lead: Callable[..., Any]) -> None:
    """More leads than pages hold; companies repeat, so that ties have to be broken."""
    for number in range(COUNT):
        kind = "plus" if number % 3 else "pos"
        new_lead(seller, company=f"Shop {number % 4}", website=f"https://s{number}.example.org", kind=kind)


def asked(member: Membership, column: Any, descending: bool, cursor: str = "") -> Page:
    """The page that an address without filters asks for, of few rows, in any column's order."""
    listing = LeadList(QueryDict(urlencode({"cursor": cursor})), member)
    listing.order, listing.size = Order(column, descending), SIZE
    return listing.page()


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("column", SORTED, ids=lambda column: column.key)
def test_the_list_without_filters_is_what_each_may_see(
    many: None,
    everybody: Any,
    new_lead: Callable[..., Any],
    acting: Callable[..., Any],
    column: Any,
    descending: bool,
) -> None:
    """Its statement is written out: for every member it has to find the rows that the queryset finds, and turn back."""
    new_lead(everybody.rival, company="Shop 2", website="https://rival.example.org")
    taken = new_lead(everybody.seller, company="Shop 1", website="https://taken.example.org")
    with acting(everybody.manager):
        assign_lead(taken.pk, to=everybody.representative.pk, by=everybody.manager)
    with acting(everybody.seller):
        Lead.objects.filter(pk=taken.pk).update(submitted_by=everybody.colleague)
        save_draft(
            new_lead_id(), program=Program.objects.get(slug="pos"), typed={"company": "Unsent"}, by=everybody.seller
        )
    counts = {}
    for name, member in vars(everybody).items():
        if name == "stranger":
            continue
        with acting(member):
            sign = "-" if descending else ""
            straight = list(
                listed_leads(member).order_by(f"{sign}{column.sort}", f"{sign}id").values_list("pk", flat=True)
            )
            pages = [asked(member, column, descending)]
            while pages[-1].older:
                pages.append(asked(member, column, descending, pages[-1].older))
            assert [row.pk for page in pages for row in page.rows] == straight
            if len(pages) > 1:
                back = asked(member, column, descending, pages[1].newer or "")
                assert back.rows == pages[0].rows
            counts[name] = len(straight)
    ours, all_of_them = COUNT + 1, COUNT + 2
    sees_all = dict.fromkeys(("manager", "second_manager", "finance", "programme_admin"), all_of_them)
    assert counts == sees_all | {
        "seller": ours,
        "colleague": 1,
        "rival": 1,
        "representative": 1,
        "admin": 0,
        "profile_admin": 0,
    }


def test_an_order_or_a_size_that_is_not_offered_is_the_default() -> None:
    assert order_of("tenant_id", LeadList.columns, LeadList.default_order).parameter == LeadList.default_order
    assert order_of("-partner__name", LeadList.columns, LeadList.default_order).parameter == LeadList.default_order
    assert size_of("1000000") == size_of("x") == size_of(None) == 25


@pytest.mark.parametrize(("told", "known"), [(-5, 0), (7, 7), (CAP + 1, CAP + 1), (10**9, CAP + 1)])
def test_a_cursor_counts_no_further_than_a_list_does(told: int, known: int) -> None:
    found = Cursor.decode(Cursor(True, "a", UUID(int=1), 30, told).encode())
    assert found is not None
    assert (found.counted, found.row) == (known, 30)


@pytest.mark.parametrize(
    ("column", "value", "fits"),
    [
        ("number", 2**31 - 1, True),
        ("number", 2**31, False),
        ("number", -(2**31), True),
        ("number", -(2**31) - 1, False),
        ("company", "Shop", True),
        ("company", "Sh\0p", False),
        ("company", 7, False),
        ("submitted_at", "2026-11-28T01:00:00+00:00", True),
        ("submitted_at", "2026-11-28T01:00:00", False),
        ("submitted_at", "soon", False),
    ],
)
def test_a_cursor_is_where_a_row_could_be(column: str, value: Any, fits: bool) -> None:
    order, text = Order(Column(column, column, column), True), Cursor(True, value, UUID(int=1)).encode()
    assert (cursor_at(QuerySet(Lead), order, text) is not None) == fits


def test_a_page_before_others_says_which_rows_it_has() -> None:
    rows = [SimpleNamespace(pk=UUID(int=number), company=f"Shop {number}") for number in range(11)]
    order, before = Order(Column("company", "Company", "company"), False), Cursor(False, "Shop 20", UUID(int=20), 20)
    page = page_by(lambda _descending, limit: rows[:limit], order, before, 10)
    assert (page.first_row, page.last_row, page.newer is None, page.older is None) == (11, 20, False, False)
    first = page_by(lambda _descending, limit: rows[:limit], order, None, 10)
    assert (first.first_row, first.newer, first.older is None) == (1, None, False)
    assert page_by(lambda _descending, limit: rows[:limit], order, None, 11).older is None
