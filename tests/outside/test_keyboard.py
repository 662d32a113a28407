"""The main road without a mouse: Tab, typing, Enter, Escape, and focus that is always in sight."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import holds, opened, started
from tests.outside.pages import ANYBODY
from tests.stack import SELLER, Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("outside")]

LAPTOP = {"width": 1280, "height": 720}
# The middle of what has focus belongs to it, not to a bar above it; and its ring can be seen.
IN_SIGHT = """() => {
    const one = document.activeElement;
    if (!one || one === document.body || one.id === "main") return "";
    const part = [...one.getClientRects()].find((box) => box.width && box.height);
    if (!part) return `no size: ${one.outerHTML.slice(0, 120)}`;
    const [x, y] = [part.left + part.width / 2, part.top + part.height / 2];
    const there = document.elementFromPoint(x, y);
    const label = one.labels?.[0];
    const mine = there && (one.contains(there) || label?.contains(there));
    return mine ? "" : `hidden under ${there?.outerHTML.slice(0, 80)}: ${one.outerHTML.slice(0, 120)}`;
}"""


def tab_to(page: Page, wanted: Locator, *, most: int = 90) -> None:
    """Press Tab until this has focus. Whatever has focus on the way is in sight."""
    for _press in range(most):
        page.keyboard.press("Tab")
        trouble = page.evaluate(IN_SIGHT)
        assert trouble == ""
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{wanted} is not reached by Tab")


def type_into(page: Page, label: str | re.Pattern[str], text: str) -> None:
    tab_to(page, page.get_by_label(label).first)
    page.keyboard.type(text)


def sign_in(page: Page, stack: Stack) -> None:
    opened(page, "/tallvik/accounts/login/")
    expect(page.get_by_label("Email")).to_be_focused()
    page.keyboard.type(SELLER)
    type_into(page, "Password", stack.password)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/tallvik/$"))


def skip_to_content(page: Page) -> None:
    skip = page.get_by_role("link", name="Skip to content")
    tab_to(page, skip, most=1)
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def fill_in(page: Page, company: str, email: str) -> None:
    type_into(page, "Company", company)
    type_into(page, "Website", "tastatur.example.org")
    type_into(page, "Country", "Germany")
    type_into(page, "Number of locations", "2")
    type_into(page, "First name", "Friederike")
    type_into(page, "Last name", "Osterkamp")
    type_into(page, "Email", email)
    for tick in ("The contact agreed to be referred", "I accept the program terms"):
        tab_to(page, page.get_by_label(tick))
        page.keyboard.press("Space")


def test_a_lead_is_submitted_corrected_and_opened_by_keys_alone(running: Stack, window_of: Callable[..., Page]) -> None:
    page = window_of(ANYBODY, viewport=LAPTOP)
    sign_in(page, running)
    opened(page, "/tallvik/leads/")
    skip_to_content(page)
    tab_to(page, page.get_by_role("main").get_by_role("link", name="Submit a POS lead").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Submit a POS lead")).to_be_visible()
    started(page)
    skip_to_content(page)
    fill_in(page, "Tastatur Kontor", "f.osterkamp@")
    tab_to(page, page.get_by_role("button", name="Submit", exact=True))
    page.keyboard.press("Enter")

    expect(page).to_have_title(re.compile("^Error"))
    expect(page.locator("[data-focus-on-load]")).to_be_focused()
    tab_to(page, page.get_by_role("link", name=re.compile("^Email: ")), most=1)
    page.keyboard.press("Enter")
    email = page.get_by_label("Email").first
    expect(email).to_be_focused()
    holds(page, f"({IN_SIGHT})() === ''")
    page.keyboard.press("Control+A")
    page.keyboard.type("f.osterkamp@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Tastatur Kontor")).to_be_visible()

    opened(page, "/tallvik/leads/")
    skip_to_content(page)
    tab_to(page, page.get_by_role("link", name="Tastatur Kontor").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Tastatur Kontor")).to_be_visible()


@pytest.mark.parametrize("path", ["leads/", "leads/new/plus/", "settings/communication/", ""])
def test_focus_is_in_sight_all_the_way_there_and_back(window_of: Callable[..., Page], path: str) -> None:
    page = window_of(SELLER, viewport=LAPTOP)
    opened(page, f"/tallvik/{path}")
    found = []
    for key in ("Tab", "Shift+Tab"):
        for _press in range(60):
            page.keyboard.press(key)
            if trouble := page.evaluate(IN_SIGHT):
                found.append(f"{key}: {trouble}")
    assert not found, "\n".join(found)


def test_a_menu_opens_and_closes_by_keys_and_gives_focus_back(window_of: Callable[..., Page]) -> None:
    page = window_of(SELLER, viewport=LAPTOP)
    opened(page, "/tallvik/")
    for name in (re.compile("switch organisation"), "Language", re.compile("your account")):
        button = page.get_by_role("button", name=name)
        tab_to(page, button)
        page.keyboard.press("Enter")
        menu = page.locator(".menu:popover-open")
        expect(menu.locator("a, button").first).to_be_visible()
        page.keyboard.press("Tab")
        expect(menu.locator(":focus")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(menu).to_have_count(0)
        expect(button).to_be_focused()
