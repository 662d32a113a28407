"""Saved views in a real browser: saved in a dialog, left by a change in place, and all of it with scripts off."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import holds
from tests.web.test_lists_browser import NARROW, browse, portal

__all__ = ["browse", "portal"]  # fixtures
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_view_is_saved_and_left_without_leaving_the_page(browse: Callable[..., Page]) -> None:
    page = browse("companies/?q=shop+1&sort=company")
    page.get_by_role("link", name="Save view").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Shops with a one")
    dialog.get_by_role("button", name="Save view").click()
    expect(page.get_by_role("link", name="Shops with a one")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("status").filter(has_text="2 companies, rows")).to_be_visible()
    page.get_by_role("link", name="Last activity", exact=True).click()
    bar = page.get_by_role("group", name="View")
    expect(bar).to_contain_text("Shops with a one, changed")
    expect(page.locator(".tabs [aria-current]")).to_have_count(0)
    bar.get_by_role("button", name="Save").click()
    expect(page.locator(".tabs [aria-current]")).to_have_text("Shops with a one")
    expect(page.get_by_role("status").filter(has_text="sorted by Last activity, ascending")).to_be_visible()
    bar.get_by_role("button", name="More for the view").press("Enter")
    page.get_by_role("link", name="Delete view").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete view").click()
    expect(page.get_by_role("group", name="View")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_views_on_a_narrow_screen(browse: Callable[..., Page], scripts: bool) -> None:
    page = browse("companies/?q=shop&sort=company", scripts=scripts, size=NARROW)
    page.get_by_role("link", name="Save view").click()
    page.get_by_label("Name").fill("A name that is as long as the name of a view of a list may b")
    page.get_by_label("Share this view").check()
    page.get_by_label("Open the list with this view").check()
    page.get_by_role("button", name="Save view").click()
    expect(page.get_by_role("group", name="View")).to_contain_text("opens by default · shared by you")
    holds(page, "width => document.documentElement.scrollWidth <= width", NARROW["width"])
    page.goto(page.url.partition("?")[0])
    expect(page).to_have_url(re.compile(r"\?saved="))
    page.get_by_role("link", name="All", exact=True).click()
    expect(page.get_by_role("group", name="View")).to_have_count(0)
