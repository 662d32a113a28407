"""An act on all that match, in a real browser: by keyboard, with scripts off, on a narrow screen."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from leads.models import Lead
from partnerhub.accounts.models import Membership
from tests.browser import holds
from tests.leads.conftest import open_at, portal
from tests.web.test_lists_browser import NARROW

__all__ = ["open_at", "portal"]  # fixtures

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
pytestmark = pytest.mark.django_db(transaction=True)
WIDE = {"width": 1440, "height": 900}


@pytest.fixture
def ask(open_at: Callable[..., Page], manager: Membership, shops: list[Lead]) -> Callable[..., Page]:
    """The page that asks about all leads."""

    def to_the_question(**options: Any) -> Page:
        page = open_at(manager, "/leads/?sort=company&size=10", **options)
        page.get_by_label("Select Shop 000").press("Space")
        page.get_by_label("Select all that match, at most 10,000").press("Space")
        page.locator(".bulk").get_by_role("button", name="Assign").press("Enter")
        expect(page.get_by_text("130 rows")).to_be_visible()
        return page

    return to_the_question


def fits(page: Page, width: int) -> None:
    holds(page, "width => document.documentElement.scrollWidth <= width", width)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_progress_comes_by_itself_and_the_results_after_it(
    ask: Callable[..., Page], representative: Membership, work: Callable[[], int], size: dict[str, int]
) -> None:
    page = ask(size=size)
    fits(page, size["width"])
    page.get_by_label("Representative").select_option(label=representative.name)
    page.get_by_role("button", name="Assign").press("Enter")
    status = page.get_by_role("status").filter(has_text="130 left")
    expect(status).to_be_visible()
    fits(page, size["width"])
    assert Axe().run(page).response["violations"] == []
    assert work() == 3
    expect(page.get_by_role("heading", name="130 leads are assigned.")).to_be_focused()
    fits(page, size["width"])
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("status").filter(has_text="130 left")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="130 assignments are undone.")).to_be_visible()


def test_without_scripts_a_link_looks_again(
    ask: Callable[..., Page], representative: Membership, work: Callable[[], int]
) -> None:
    page = ask(scripts=False)
    page.get_by_label("Representative").select_option(label=representative.name)
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_text("0 done, 0 not done, 130 left").first).to_be_visible()
    work()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("heading", name="130 leads are assigned.")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("link", name="Shop 129")).to_be_visible()
