"""Selecting rows in a real browser: by keyboard, on a narrow screen, with scripts off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from partnerhub.accounts.models import Membership
from tests.browser import holds
from tests.web.test_lists_browser import NARROW, browse, portal

__all__ = ["browse", "portal"]  # fixtures
pytestmark = pytest.mark.django_db(transaction=True)


def test_rows_are_selected_by_keyboard_and_given_to_somebody(
    browse: Callable[..., Page], representative: Membership
) -> None:
    page = browse("leads/?sort=company&size=10")
    bar = page.locator(".bulk")
    expect(bar).to_be_hidden()
    page.get_by_label("Select Shop 00").press("Space")
    expect(bar).to_contain_text("1 selected on this page")
    page.get_by_role("checkbox", name="Select all rows on this page").press("Space")
    expect(bar).to_contain_text("10 selected on this page")
    bar.get_by_label("Select all 12 leads that match").check()
    bar.get_by_role("button", name="Clear selection").press("Enter")
    expect(bar).to_be_hidden()
    page.get_by_label("Select Shop 00").press("Space")
    expect(bar.get_by_label("Select all 12 leads that match")).not_to_be_checked()
    bar.get_by_label("Select all 12 leads that match").check()
    bar.get_by_role("button", name="Assign").press("Enter")
    page.get_by_label("Representative").select_option(label=representative.name)
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_text("12 leads are assigned.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("12 assignments are undone.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_rows_are_selected_on_a_narrow_screen(
    browse: Callable[..., Page], representative: Membership, scripts: bool
) -> None:
    page = browse("leads/?sort=company&size=10", scripts=scripts, size=NARROW)
    if scripts:  # the head row is hidden: the toolbar has the box for all
        all_rows = page.get_by_role("checkbox", name="Select all rows on this page")
        all_rows.check()
        expect(page.locator(".bulk")).to_contain_text("10 selected on this page")
        page.get_by_role("button", name="Clear selection").click()
        expect(all_rows).to_be_focused()
    page.get_by_label("Select Shop 01").check()
    holds(page, "width => document.documentElement.scrollWidth <= width", NARROW["width"])
    page.locator(".bulk").get_by_role("button", name="Assign").click()
    page.get_by_label("Representative").select_option(label=representative.name)
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_text("1 lead is assigned.")).to_be_visible()
