"""Triage in a real browser: single keys, panes, dialogs, two people, a narrow screen, and no scripts."""

import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils.timezone import now, timedelta
from playwright.sync_api import Page, expect

from leads import services
from leads.models import Lead
from partnerhub.accounts.models import Membership
from tests.browser import holds, started

# Playwright keeps an event loop in the main thread, in which nothing of ours runs.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
pytestmark = pytest.mark.django_db(transaction=True)

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
NAMES = ["Bryggeplass Kolonial AS", "Lumikello Oy", "Kavárna U Sedmi lip", "Sandøya Sport AS"]


@pytest.fixture
def browse(open_at: Callable[..., Page]) -> Callable[..., Page]:
    """A browser in which this person is signed in, on triage."""

    def open_triage(member: Membership, query: str = "", **options: Any) -> Page:
        return open_at(member, f"/triage/{query}", **options)

    return open_triage


@pytest.fixture
def leads(
    new_lead: Callable[..., Lead], put: Callable[..., Lead], seller: Membership, representative: Membership
) -> list[Lead]:
    start = now() - timedelta(days=2)
    made = [new_lead(seller, company=name) for name in NAMES]
    return [put(lead, submitted_at=start + timedelta(hours=at)) for at, lead in enumerate(made)]


def heading(page: Page) -> Any:
    return page.locator("#lead-title")


def row(page: Page, company: str) -> Any:
    return page.get_by_role("region", name="Leads waiting").get_by_role("row").filter(has_text=company)


def test_keys_move_select_and_decide(browse: Callable[..., Page], manager: Membership, leads: list[Lead]) -> None:
    page = browse(manager)
    expect(heading(page)).to_have_text(NAMES[0])
    page.keyboard.press("j")
    expect(heading(page)).to_have_text(NAMES[1])
    expect(page).to_have_url(re.compile(f"lead={leads[1].pk}"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(heading(page)).to_have_text(NAMES[3])
    expect(row(page, NAMES[3]).get_by_role("link")).to_have_attribute("aria-current", "true")
    page.keyboard.press("k")
    expect(heading(page)).to_have_text(NAMES[2])
    page.keyboard.press("x")
    expect(row(page, NAMES[2]).get_by_role("checkbox")).to_be_checked()
    expect(page.get_by_text("1 selected on this page")).to_be_visible()
    page.keyboard.press("x")
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog", name=f"Award {NAMES[2]}?")
    dialog.get_by_role("button", name="Award", exact=True).click()
    expect(heading(page)).to_have_text(NAMES[3])
    expect(heading(page)).to_be_focused()
    expect(page.get_by_role("status").filter(has_text=f"{NAMES[2]} is awarded.")).to_be_visible()
    expect(row(page, NAMES[2])).to_have_count(0)


def test_back_returns_to_the_lead_read_before(
    browse: Callable[..., Page], manager: Membership, leads: list[Lead]
) -> None:
    page = browse(manager)
    row(page, NAMES[1]).get_by_role("link").click()
    expect(heading(page)).to_have_text(NAMES[1])
    page.go_back()
    expect(heading(page)).to_have_text(NAMES[0])


def test_assigning_by_keyboard_alone(
    browse: Callable[..., Page],
    manager: Membership,
    representative: Membership,
    leads: list[Lead],
    put: Callable[..., Lead],
) -> None:
    page = browse(manager)
    page.keyboard.press("a")
    menu = page.locator("[popover]:popover-open")
    expect(menu.get_by_role("button", name="Solveig Aastad")).to_be_focused()
    expect(page.locator("#list")).to_contain_text(NAMES[1])
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(NAMES[1])
    assert put(leads[0]).representative_id == representative.pk


def test_refusal_without_a_reason_keeps_what_was_typed(
    browse: Callable[..., Page], manager: Membership, leads: list[Lead]
) -> None:
    page = browse(manager)
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog", name=f"Find {NAMES[0]} not eligible?")
    dialog.get_by_label("Explanation").fill("They have no shop.")
    dialog.get_by_role("button", name="Not eligible").click()
    expect(page.get_by_role("alert").filter(has_text="Choose a reason.")).to_be_visible()
    expect(page.get_by_label("Explanation")).to_have_value("They have no shop.")
    page.get_by_label("Reason").select_option("not_a_fit")
    page.get_by_role("button", name="Not eligible").click()
    expect(heading(page)).to_have_text(NAMES[1])


def test_keys_are_off_in_fields_and_when_turned_off(
    browse: Callable[..., Page], manager: Membership, leads: list[Lead]
) -> None:
    page = browse(manager)
    page.get_by_label("Message", exact=True).press_sequentially("jex")
    expect(page.get_by_label("Message", exact=True)).to_have_value("jex")
    expect(heading(page)).to_have_text(NAMES[0])
    heading(page).focus()
    page.keyboard.press("?")
    shortcuts = page.get_by_role("dialog", name="Keyboard shortcuts")
    shortcuts.get_by_role("switch", name="Single-key shortcuts").click()
    shortcuts.get_by_role("button", name="Close").click()
    page.reload()
    started(page)
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(heading(page)).to_have_text(NAMES[0])


def test_many_are_assigned_and_whoever_was_slower_is_told_row_by_row(
    browse: Callable[..., Page],
    manager: Membership,
    second_manager: Membership,
    leads: list[Lead],
    acting: Callable[..., Any],
) -> None:
    page = browse(manager)
    for name in NAMES[:2]:
        row(page, name).get_by_role("checkbox").check()
    with acting(second_manager):
        services.assign_lead(leads[0].pk, to=second_manager.pk, by=second_manager)
    page.keyboard.press("a")
    page.get_by_role("button", name="Solveig Aastad").click()
    expect(page.get_by_role("heading", name="1 lead is assigned.")).to_be_focused()
    results = page.get_by_role("region", name="Row by row")
    expect(results).to_contain_text("Mikael Rosenqvist was faster.Representative: – → Mikael Rosenqvist")
    page.get_by_role("button", name="Try the others again").press("Enter")
    page.get_by_label("Representative").select_option(label="Solveig Aastad")
    page.get_by_role("button", name="Assign").press("Enter")
    expect(page.get_by_text("1 lead is assigned.")).to_be_visible()
    expect(heading(page)).to_have_text(NAMES[2])


def test_two_managers_on_the_same_lead_one_wins(
    browse: Callable[..., Page], manager: Membership, second_manager: Membership, leads: list[Lead]
) -> None:
    one, other = browse(manager), browse(second_manager)
    for page in (one, other):
        page.keyboard.press("e")
        page.get_by_role("dialog").get_by_role("button", name="Award", exact=True).click()
    expect(heading(one)).to_have_text(NAMES[1])
    expect(other.get_by_role("heading", name="This lead has changed meanwhile")).to_be_focused()
    expect(other.get_by_role("row", name=re.compile("Status.* Submitted .*Awarded"))).to_be_visible()
    other.get_by_role("link", name="Leave it and go on").click()
    expect(heading(other)).to_have_text(NAMES[1])


def test_filters_are_chosen_in_menus_and_stay_in_the_address(
    browse: Callable[..., Page], manager: Membership, leads: list[Lead]
) -> None:
    page = browse(manager, "?sales_support=true")
    page.get_by_role("button", name="Country").click()
    page.get_by_role("checkbox", name="Germany").check()
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("button", name="Country: Germany")).to_be_visible()
    expect(page).to_have_url(re.compile(r"(?=.*[?&]country=DE\b).*[?&]sales_support=true\b"))


def test_narrow_screen_shows_the_list_or_the_lead(
    browse: Callable[..., Page], manager: Membership, leads: list[Lead]
) -> None:
    page = browse(manager, size=NARROW)
    expect(row(page, NAMES[2])).to_be_visible()
    expect(heading(page)).to_be_hidden()
    row(page, NAMES[2]).get_by_role("link").click()
    expect(heading(page)).to_have_text(NAMES[2])
    expect(heading(page)).to_be_focused()
    expect(row(page, NAMES[2])).to_be_hidden()
    holds(page, "width => document.documentElement.scrollWidth === width", NARROW["width"])
    page.get_by_role("link", name="Back to list").click()
    expect(row(page, NAMES[2])).to_be_in_viewport()
    expect(heading(page)).to_be_hidden()


def test_everything_works_without_scripts(
    browse: Callable[..., Page], manager: Membership, leads: list[Lead], put: Callable[..., Lead]
) -> None:
    page = browse(manager, scripts=False)
    page.get_by_role("link", name="Next").click()
    expect(heading(page)).to_have_text(NAMES[1])
    page.get_by_role("button", name="Ask for more information").click()
    page.get_by_label("Question").fill("How many tills?")
    page.get_by_role("button", name="Ask for more information").click()
    expect(heading(page)).to_have_text(NAMES[2])
    page.get_by_role("button", name="Assign", exact=True).click()
    page.get_by_role("link", name="Choose a representative").click()
    page.get_by_label("Representative").select_option(label="Solveig Aastad")
    page.get_by_role("button", name="Assign").click()
    expect(heading(page)).to_have_text(NAMES[3])
    row(page, NAMES[0]).get_by_role("checkbox").check()
    row(page, NAMES[3]).get_by_role("checkbox").check()
    page.get_by_role("button", name="Assign (the selected rows)").click()
    page.get_by_role("button", name="Choose a representative").click()
    page.get_by_label("Representative").select_option(label="Solveig Aastad")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    assert {put(lead).representative_id is None for lead in (leads[0], leads[2], leads[3])} == {False}


@pytest.mark.parametrize(("size", "query"), [(WIDE, ""), (NARROW, ""), (WIDE, "?queue=mine"), (NARROW, "?lead")])
def test_axe_finds_nothing(
    size: dict[str, int], query: str, browse: Callable[..., Page], manager: Membership, leads: list[Lead]
) -> None:
    page = browse(manager, f"{query}={leads[0].pk}" if query == "?lead" else query, size=size)
    found = Axe().run(page).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"]) for item in found] == []


def test_panes_scroll_and_the_page_does_not(
    browse: Callable[..., Page], manager: Membership, seller: Membership, new_lead: Callable[..., Lead]
) -> None:
    for number in range(25):
        new_lead(
            seller, company=f"Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft {number}"
        )
    page = browse(manager)
    holds(page, "document.documentElement.scrollHeight === 900 && document.documentElement.scrollWidth === 1440")
    for _ in range(20):
        page.keyboard.press("j")
    expect(heading(page)).to_contain_text("gesellschaft 20")
    expect(row(page, "gesellschaft 20")).to_be_in_viewport()
    holds(page, "scrollY === 0")
