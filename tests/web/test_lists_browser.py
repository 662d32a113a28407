"""Lists in a real browser: they change in place, say so, keep focus, and tell of trouble in their card."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from playwright.sync_api import Browser, Page, expect

from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from tests.browser import holds, opened

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
pytestmark = pytest.mark.django_db(transaction=True)

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LISTS = ["leads/", "companies/", "contacts/", "admin-log/", "delivery-log/", "settings/users/"]


@pytest.fixture
def portal(transactional_db: None) -> Iterator[str]:
    """Acme's address on a server of this process."""
    server = LiveServerThread("localhost", _StaticFilesHandler, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://localhost:{server.port}/acme/"
    server.terminate()
    connections.close_all()


@pytest.fixture
def browse(
    portal: str,
    browser: Browser,
    client_of: Callable[[Membership], Client],
    seller: Membership,
    manager: Membership,
    new_lead: Callable[..., Any],
) -> Iterator[Callable[..., Page]]:
    """The channel manager's browser on a list; the portal has twelve leads with their companies."""
    for number in range(12):
        long = ", Tenuta Agricola e Bottega dei Sapori di Montagna e di Collina di San Gimignano" if number == 5 else ""
        new_lead(seller, company=f"Shop {number:02}{long}", website=f"https://s{number}.example.org")
    fan_out_events()
    contexts = []

    def open_list(address: str, *, scripts: bool = True, size: Any = WIDE) -> Page:
        session = client_of(manager).cookies[settings.SESSION_COOKIE_NAME].value
        context = browser.new_context(viewport=size, java_script_enabled=scripts)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}])
        contexts.append(context)
        page = context.new_page()
        if scripts:
            return opened(page, portal + address)
        page.goto(portal + address)
        return page

    yield open_list
    for context in contexts:
        context.close()


def test_sorting_and_paging_keep_focus_and_are_told(browse: Callable[..., Page]) -> None:
    page = browse("companies/?size=10")
    status = page.get_by_role("status").filter(has_text="companies")
    expect(status).to_contain_text("12 companies, rows 1 to 10, sorted by Last activity, descending")
    page.evaluate("window.stays = true")
    page.get_by_role("link", name="Company", exact=True).press("Enter")
    expect(status).to_contain_text("sorted by Company, ascending")
    expect(page.locator("#sort-company")).to_be_focused()
    expect(page).to_have_title(re.compile("^Companies, sorted by Company, ascending · Customers"))
    page.get_by_role("link", name="Older").press("Enter")
    expect(status).to_contain_text("12 companies, rows 11 to 12")
    expect(page).to_have_title(re.compile("^Companies, page 2, sorted by Company, ascending"))
    expect(page.locator("#list-title")).to_be_focused()  # there is nothing older: the button that was pressed is gone
    holds(page, "window.stays")
    page.go_back()
    expect(page.get_by_role("rowheader", name="Shop 00")).to_be_visible()


def test_words_are_looked_for_while_they_are_typed_and_the_order_stays(browse: Callable[..., Page]) -> None:
    page = browse("companies/?size=10")
    page.get_by_role("link", name="Company", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="companies")).to_contain_text("sorted by Company")
    page.get_by_label("Search companies").press_sequentially("shop 1")
    two = page.get_by_role("status").filter(has_text=re.compile(r"(?<!\d)2 companies"))  # short words begin a word
    expect(two).to_contain_text("sorted by Company, ascending")
    expect(page.locator("#q")).to_be_focused()
    expect(page).to_have_url(re.compile(r"(?=.*q=shop%201\b).*sort=company"))
    page.get_by_label("Search companies").press_sequentially("000")
    expect(page.get_by_role("status").filter(has_text="No company matches")).to_be_visible()


def test_a_slow_list_says_that_it_is_busy_and_keeps_its_rows(browse: Callable[..., Page]) -> None:
    page = browse("companies/?size=10")
    held: list[Any] = []
    page.route("**/companies/?*sort=company*", lambda route: held.append(route))  # noqa: PLW0108 - playwright takes functions only
    with page.expect_request(lambda request: "sort=company" in request.url):
        page.get_by_role("link", name="Company", exact=True).click()
    card = page.locator("#list")
    expect(card).to_have_attribute("aria-busy", "true")
    expect(card.get_by_role("rowheader")).to_have_count(10)
    holds(page, "getComputedStyle(document.querySelector('#list'), '::before').height === '2px'")
    held[0].continue_()
    expect(page.get_by_role("status").filter(has_text="sorted by Company")).to_be_visible()
    expect(page.locator("#list[aria-busy]")).to_have_count(0)


def test_trouble_is_told_inside_the_card(browse: Callable[..., Page]) -> None:
    page = browse("companies/?size=10")
    page.route("**/companies/?*sort=company*", lambda route: route.fulfill(status=500, body="no"))
    page.get_by_role("link", name="Company", exact=True).click()
    expect(page.locator("#list").get_by_role("alert")).to_contain_text("Something went wrong")
    expect(page.locator("#list").get_by_role("rowheader")).to_have_count(10)
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("status").filter(has_text="sorted by Company")).to_be_visible()


def test_filters_are_applied_in_place_and_hand_focus_back_to_their_button(browse: Callable[..., Page]) -> None:
    page = browse("leads/?sort=company")
    page.get_by_role("button", name="Status", exact=True).click()
    page.locator("#filter-status").get_by_label("Submitted", exact=True).check()
    page.locator("#filter-status").get_by_role("button", name="Apply").click()
    expect(page.get_by_role("button", name="Status: Submitted")).to_be_focused()
    expect(page).to_have_url(re.compile("sort=company"))
    expect(page.get_by_role("status").filter(has_text="12 leads")).to_contain_text("sorted by Company")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_single_choice_is_a_link_in_its_menu(browse: Callable[..., Page], scripts: bool) -> None:
    page = browse("leads/?sort=company&q=shop", scripts=scripts)
    page.get_by_role("button", name="Sales support").press("Enter")
    page.locator("#filter-sales_support").get_by_role("link", name="Yes").press("Enter")
    opener = page.get_by_role("button", name="Sales support: Yes")
    expect(opener).to_be_visible()
    expect(page).to_have_url(re.compile(r"(?=.*sort=company)(?=.*q=shop).*sales_support=true"))
    if scripts:
        expect(opener).to_be_focused()
    opener.press("Enter")
    page.locator("#filter-sales_support").get_by_role("link", name="Clear").press("Enter")
    expect(page.get_by_role("button", name="Sales support", exact=True)).to_be_visible()
    page.go_back()
    expect(opener).to_be_visible()


@pytest.mark.parametrize("address", ["companies/", "leads/"])
def test_a_whole_row_leads_to_its_record(browse: Callable[..., Page], address: str) -> None:
    page = browse(f"{address}?sort=company")
    row = page.get_by_role("row").filter(has_text="Shop 03")
    row.click(position={"x": row.bounding_box()["width"] - 8, "y": 8})
    expect(page.get_by_role("heading", level=1)).to_contain_text("Shop 03")


@pytest.mark.parametrize("address", LISTS)
def test_rows_of_a_table_are_equally_high(browse: Callable[..., Page], address: str) -> None:
    page = browse(address)
    expect(page.locator("#list tbody tr").nth(1)).to_be_visible()
    heights = page.evaluate("[...document.querySelectorAll('#list tbody tr')].map((row) => row.offsetHeight)")
    assert max(heights) - min(heights) <= 1


def test_everything_works_without_scripts(browse: Callable[..., Page]) -> None:
    page = browse("companies/?size=10", scripts=False)
    page.get_by_role("link", name="Company", exact=True).click()
    expect(page.get_by_role("rowheader").first).to_contain_text("Shop 00")
    page.get_by_label("Search companies").fill("shop 1")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("rowheader")).to_have_count(2)
    expect(page).to_have_url(re.compile("sort=company"))


def test_rows_are_cards_on_a_narrow_screen(browse: Callable[..., Page]) -> None:
    page = browse("companies/", size=NARROW)
    expect(page.get_by_role("rowheader").first).to_be_visible()
    expect(page.locator("#list thead")).to_be_hidden()
    page.get_by_role("button", name="Sorted by:").click()
    page.get_by_role("link", name="Company, ascending").click()
    expect(page.get_by_role("rowheader").first).to_contain_text("Shop 00")
    holds(page, "document.documentElement.scrollWidth <= 390")


def test_a_menu_that_is_fetched_is_used_by_keys(browse: Callable[..., Page]) -> None:
    page = browse("leads/?sort=company")
    opener = page.get_by_role("button", name="Representative", exact=True)
    opener.press("Enter")
    expect(page.locator("#filter-representative").get_by_role("link", name="Not assigned")).to_be_visible()
    expect(opener).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".menu:popover-open")).to_have_count(0)
    expect(opener).to_be_focused()
    opener.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"(?=.*sort=company)(?!.*choose).*representative=none"))
    expect(page.get_by_role("button", name="Representative: Nobody")).to_be_focused()


def test_a_menu_that_cannot_be_fetched_says_so_and_leads_to_its_page(browse: Callable[..., Page]) -> None:
    page = browse("leads/")
    held: list[Any] = []
    page.route("**/leads/?choose=representative", lambda route: held.append(route))  # noqa: PLW0108 - as above
    with page.expect_request("**/leads/?choose=representative"):
        page.get_by_role("button", name="Representative", exact=True).press("Enter")
    menu = page.locator("#filter-representative")
    expect(menu).to_have_attribute("aria-busy", "true")
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link", name="Choose: Representative")).to_be_focused()
    held[0].fulfill(status=500, body="no")
    expect(page.locator("#list").get_by_role("alert")).to_contain_text("Something went wrong")
    expect(page.locator(".menu[aria-busy]")).to_have_count(0)
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(menu.locator("a").first).to_have_text("Not assigned")
    expect(page.locator("#list [data-trouble] .notice")).to_have_count(0)


def test_what_is_fetched_while_its_link_has_the_focus_takes_it(browse: Callable[..., Page]) -> None:
    page = browse("companies/")
    held: list[Any] = []
    page.route("**/companies/?choose=columns", lambda route: held.append(route))  # noqa: PLW0108 - as above
    with page.expect_request("**/companies/?choose=columns"):
        page.get_by_role("button", name="Columns").press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Show columns")).to_be_focused()
    held[0].continue_()
    expect(page.locator("#columns a").first).to_be_focused()


def test_menus_stand_on_pages_of_their_own_without_scripts(browse: Callable[..., Page]) -> None:
    page = browse("leads/?q=shop&sort=company&size=10", scripts=False)
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("link", name="Show columns").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leads: Columns")
    page.get_by_role("checkbox", name="Status").uncheck()
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("columnheader", name="Company")).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("columnheader", name="Status")).to_have_count(0)
    page.get_by_role("button", name="Program", exact=True).click()
    page.get_by_role("link", name="Choose: Program").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"(?=.*q=shop)(?=.*sort=company)(?=.*columns=contact).*program="))
    page.get_by_role("button", name="Representative", exact=True).click()
    page.get_by_role("link", name="Choose: Representative").click()
    page.get_by_role("link", name="Back to list").click()
    expect(page).to_have_url(re.compile(r"(?=.*q=shop)(?=.*sort=company)(?=.*columns=contact).*program="))


def test_columns_are_put_in_order_from_the_chooser(browse: Callable[..., Page]) -> None:
    page = browse("companies/")
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("link", name="Move Website forward").click()
    expect(page.get_by_role("columnheader").nth(1)).to_have_text("Website")
    expect(page.get_by_role("button", name="Columns")).to_be_focused()
    expect(page).to_have_url(re.compile("columns=company&columns=website&columns=partner"))
