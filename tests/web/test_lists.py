"""Pages by key: every row once, in both directions, whatever the column, however many rows share a value."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from leads.models import Lead, Program
from leads.selectors import listed_leads
from leads.services import assign_lead, new_lead_id, save_draft
from leads.tables import LeadList
from partnerhub.accounts.models import Membership
from partnerhub.web.lists import Order, Page, order_of, size_of

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
