"""The main road in a browser that runs no script: sign in, search, submit, answer, triage, sign out."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_lead_road import fill
from tests.outside.pages import ANYBODY
from tests.stack import MANAGER, SELLER, Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("outside")]


@pytest.fixture
def sign_in(running: Stack, window_of: Callable[..., Page]) -> Callable[[str], Page]:
    """A window without scripts; the person types address and password."""

    def at_home(who: str) -> Page:
        page = window_of(ANYBODY, java_script_enabled=False)
        page.goto("/tallvik/leads/")
        page.get_by_label("Email").fill(who)
        page.get_by_label("Password", exact=True).fill(running.password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Leads")
        return page

    return at_home


def submit(page: Page, company: str) -> str:
    """Submit a lead after one mistake; the lead's address."""
    page.goto("/tallvik/leads/new/pos/")
    fill(page, company, "POS")
    page.get_by_role("switch", name="Sales support").check()
    page.get_by_label("Email").first.fill("f.osterkamp@")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page).to_have_title(re.compile("^Error"))
    page.get_by_role("link", name=re.compile("^Email: ")).click()
    expect(page.get_by_label("Company")).to_have_value(company)
    page.get_by_label("Email").first.fill("f.osterkamp@example.org")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(company)
    return page.url


def test_a_lead_is_submitted_found_talked_about_and_decided(sign_in: Callable[[str], Page]) -> None:
    seller = sign_in(SELLER)
    address = submit(seller, "Ohne Skript Kontor")
    seller.get_by_role("textbox", name="Message").fill("Is Monday good for you?")
    seller.get_by_role("button", name="Send message").click()
    expect(seller.get_by_role("region", name="Shared messages")).to_contain_text("Is Monday good for you?")

    manager = sign_in(MANAGER)
    manager.goto(f"/tallvik/triage/?lead={address.rstrip('/').rpartition('/')[2]}")
    expect(manager.locator("#lead-title")).to_have_text("Ohne Skript Kontor")
    manager.get_by_role("button", name="Ask for more information").click()
    manager.get_by_label("Question").fill("How many tills?")
    manager.get_by_role("button", name="Ask for more information").click()

    seller.goto(address)
    seller.get_by_role("textbox", name="Answer").fill("Seven.")
    seller.get_by_role("button", name="Send answer").click()
    expect(seller.get_by_role("region", name="Timeline")).to_contain_text("Seven.")


def test_the_list_is_searched_filtered_sorted_and_paged(sign_in: Callable[[str], Page]) -> None:
    page = sign_in(SELLER)
    rows = page.get_by_role("table", name="Submitted leads").get_by_role("rowheader").get_by_role("link")
    first = rows.first.inner_text()
    page.get_by_role("link", name="Older").click()
    expect(rows.first).not_to_have_text(first)
    page.get_by_role("link", name="Newer").click()
    expect(rows.first).to_have_text(first)

    page.get_by_role("button", name="Status", exact=True).click()
    page.get_by_role("checkbox", name="Awarded").check()
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("button", name="Status: Awarded")).to_be_visible()
    shown = page.get_by_role("table", name="Submitted leads").get_by_role("row").locator(".status")
    expect(shown.first).to_have_text("Awarded")
    expect(shown.filter(has_not_text="Awarded")).to_have_count(0)

    head = page.get_by_role("columnheader", name="Company")
    page.get_by_role("link", name="Company").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    by_company = rows.all_inner_texts()
    page.get_by_role("link", name="Company").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(rows).not_to_have_text(by_company)
    page.get_by_label("Search leads").fill("nobody-is-called-this")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("heading", name="No lead matches")).to_be_visible()
    page.get_by_role("link", name="Clear filters").last.click()
    expect(rows.first).to_have_text(first)


def test_menus_open_and_lead_on(sign_in: Callable[[str], Page]) -> None:
    page = sign_in(SELLER)
    page.get_by_role("link", name=re.compile("switch organisation")).click()
    expect(page.get_by_role("link", name=re.compile("Kasztan Pay")).first).to_be_visible()
    page.go_back()
    page.get_by_role("button", name=re.compile("your account")).click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/tallvik/leads/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
