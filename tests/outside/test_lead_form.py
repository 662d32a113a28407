"""The submission form in a real browser: drafts that save themselves, a session that ends, fields that come and go."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser import holds, opened
from tests.journeys.test_lead_road import fill
from tests.outside.pages import NARROW
from tests.outside.test_pages import axe_finds
from tests.stack import SELLER, Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("outside")]

POS, PLUS = "/tallvik/leads/new/pos/", "/tallvik/leads/new/plus/"


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit", exact=True).click()


def sign_in_again(page: Page, stack: Stack) -> None:
    page.get_by_label("Email").fill(SELLER)
    page.get_by_label("Password", exact=True).fill(stack.password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_draft_saves_itself_and_survives_a_reload(window_of: Callable[..., Page]) -> None:
    page = opened(window_of(SELLER), POS)
    expect(page.get_by_role("button", name="Discard draft")).to_be_hidden()
    page.get_by_label("Company").fill("Wollkontor im Entwurf")
    page.get_by_label("The contact agreed to be referred").check()
    expect(page.get_by_text(re.compile(r"Draft saved at \d\d:\d\d"))).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?draft="))
    page.reload()
    expect(page.get_by_label("Company")).to_have_value("Wollkontor im Entwurf")
    expect(page.get_by_label("The contact agreed to be referred")).to_be_checked()
    page.get_by_role("button", name="Discard draft").click()
    expect(page.get_by_role("button", name="Discard draft")).to_have_count(0)
    page.goto("/tallvik/leads/drafts/")
    expect(page.get_by_role("main")).not_to_contain_text("Wollkontor im Entwurf")


def test_a_session_that_ends_while_typing_loses_nothing(running: Stack, window_of: Callable[..., Page]) -> None:
    page = opened(window_of(SELLER), POS)
    page.context.clear_cookies(name="session")
    page.get_by_label("Company").fill("Typed after the session ended")
    page.get_by_role("link", name="Sign in again").click()
    sign_in_again(page, running)
    expect(page.get_by_label("Company")).to_have_value("Typed after the session ended")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("cookie", ["session", "csrf"])
def test_submitting_into_a_lost_session_loses_nothing(
    running: Stack, window_of: Callable[..., Page], cookie: str, scripts: bool
) -> None:
    page = window_of(SELLER, java_script_enabled=scripts)
    company = f"The last word without {cookie}{' and scripts' * (not scripts)}"
    page.goto(POS)
    fill(page, company, "POS")
    page.context.clear_cookies(name=cookie)
    submit(page)
    if cookie == "session":
        expect(page.get_by_text("what you typed is kept for an hour")).to_be_visible()
        sign_in_again(page, running)
    else:
        expect(page.get_by_text("nothing you typed is lost")).to_be_visible()
        page.get_by_role("link", name="Open the page again").click()
    expect(page.get_by_label("Company")).to_have_value(company)
    expect(page.get_by_label("I accept the program terms")).to_be_checked()
    submit(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(company)


def test_enter_in_a_field_submits(window_of: Callable[..., Page]) -> None:
    page = opened(window_of(SELLER), POS)
    fill(page, "Kontor Eingabetaste", "POS")
    page.get_by_label("Company").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kontor Eingabetaste")


def test_a_merchants_fields_stand_aside_until_the_box_is_ticked(window_of: Callable[..., Page]) -> None:
    page = opened(window_of(SELLER), PLUS)
    store, merchant = page.get_by_label("Store URL"), page.get_by_label("Already a merchant")
    expect(store).to_be_hidden()
    merchant.check()
    store.fill("shop.example")
    merchant.uncheck()
    expect(store).to_be_hidden()
    merchant.check()
    expect(store).to_have_value("shop.example")


def test_a_merchants_fields_are_there_without_scripts(window_of: Callable[..., Page]) -> None:
    page = window_of(SELLER, java_script_enabled=False)
    page.goto(PLUS)
    expect(page.get_by_label("Store URL")).to_be_visible()


def test_what_was_typed_comes_along_to_the_other_program(window_of: Callable[..., Page]) -> None:
    page = opened(window_of(SELLER), POS)
    page.get_by_label("Company").fill("Wollkontor")
    page.get_by_role("button", name="Submit a Plus lead instead").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Submit a Plus lead")
    expect(page.get_by_label("Company")).to_have_value("Wollkontor")


@pytest.mark.parametrize("path", [POS, PLUS])
def test_all_errors_at_once_are_in_order_on_a_narrow_screen(window_of: Callable[..., Page], path: str) -> None:
    page = opened(window_of(SELLER, viewport=NARROW, color_scheme="dark"), path)
    page.get_by_label("Company").fill("Donaudampfschifffahrt" * 9)
    submit(page)
    expect(page.get_by_role("alert").filter(has_text="answers need attention")).to_be_focused()
    page.evaluate(AXE_SCRIPT)
    assert axe_finds(page) == []
    holds(page, "width => document.documentElement.scrollWidth === width", NARROW["width"])
