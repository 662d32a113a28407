"""*Jump to* and single keys in a real browser: what is typed decides, whatever answer comes last."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from leads.models import Lead
from tests.browser import started

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]
NARROW = {"width": 390, "height": 844}


@pytest.fixture
def lead(people: SimpleNamespace, new_lead: Callable[..., Lead]) -> Lead:
    new_lead(people.seller, company="Bryggeplass Kolonial AS", website="https://bryggeplass.example.org")
    return new_lead(people.seller, company="Lumikello Oy", website="https://lumikello.example.org")


def jump(page: Page, text: str = "") -> Any:
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Jump to")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    page.keyboard.type(text)
    return dialog


@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, NARROW], ids=["wide", "narrow"])
def test_a_record_is_opened_by_its_number(
    open_at: Open, people: SimpleNamespace, lead: Lead, size: dict[str, int]
) -> None:
    page = open_at(people.seller, "/settings/profile/", size=size)
    dialog = jump(page, lead.reference)
    expect(dialog.get_by_role("region", name="Leads").get_by_role("link").first).to_contain_text("Lumikello Oy")
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"Results: \d"))
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lumikello Oy")


def test_arrows_move_and_typing_goes_on_from_a_result(open_at: Open, people: SimpleNamespace, lead: Lead) -> None:
    page = open_at(people.seller, "/")
    dialog = jump(page, "referral h")
    place = dialog.get_by_role("link", name="Referral history")
    expect(dialog.get_by_role("link")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(place).to_be_focused()
    page.keyboard.type("x")
    expect(dialog.get_by_role("textbox")).to_have_value("referral hx")
    expect(dialog.get_by_role("status")).to_contain_text("Nothing was found")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_can_be_done_with_the_record_is_offered_and_done(
    open_at: Open, people: SimpleNamespace, lead: Lead
) -> None:
    page = open_at(people.seller, f"/leads/{lead.pk}/")
    dialog = jump(page, "withdr")
    dialog.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.get_by_role("dialog", name=re.compile("^Withdraw Lumikello Oy"))).to_be_visible()


def test_an_answer_that_comes_late_does_not_take_the_place_of_a_newer_one(
    open_at: Open, people: SimpleNamespace, lead: Lead
) -> None:
    page = open_at(people.seller, "/")
    held: list[Route] = []
    page.route("**/search/?q=bryg", lambda route: held.append(route))  # noqa: PLW0108 - playwright takes functions only
    with page.expect_request("**/search/?q=bryg"):
        dialog = jump(page, "bryg")
    dialog.get_by_role("textbox").fill("lumi")
    expect(dialog.get_by_role("region", name="Leads")).to_contain_text("Lumikello Oy")
    for route in held:
        route.fulfill(body='<div data-for="bryg">An old answer</div>', content_type="text/html")
    expect(dialog.get_by_text("An old answer")).to_have_count(0)
    expect(dialog.get_by_role("region", name="Leads")).to_contain_text("Lumikello Oy")


def test_enter_before_there_is_an_answer_leads_to_the_page_of_search(
    open_at: Open, people: SimpleNamespace, lead: Lead
) -> None:
    page = open_at(people.seller, "/")
    page.route(
        "**/search/?q=lumi", lambda route: route.abort() if route.request.resource_type == "xhr" else route.continue_()
    )
    jump(page, "lumi")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/acme/search/\?q=lumi$"))
    expect(page.get_by_role("main").get_by_role("region", name="Leads")).to_contain_text("Lumikello Oy")


def test_without_scripts_the_button_leads_to_the_same(open_at: Open, people: SimpleNamespace, lead: Lead) -> None:
    page = open_at(people.seller, "/", scripts=False)
    page.get_by_role("link", name="Jump to").click()
    page.get_by_label("Number, name or address").fill("lumi")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("main").get_by_role("region", name="Leads").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lumikello Oy")


def test_a_slash_goes_to_the_search_of_the_page_or_opens_jump_to(
    open_at: Open, people: SimpleNamespace, lead: Lead
) -> None:
    page = open_at(people.seller, "/leads/")
    page.keyboard.press("/")
    expect(page.get_by_label("Search leads")).to_be_focused()
    page.keyboard.type("/")
    expect(page.get_by_label("Search leads")).to_have_value("/")
    page.goto(page.url.replace("/leads/", "/settings/profile/"))
    started(page).keyboard.press("/")
    expect(page.get_by_role("dialog", name="Jump to")).to_be_visible()


def test_a_question_mark_lists_the_keys_of_the_page_and_they_can_be_turned_off(
    open_at: Open, people: SimpleNamespace, lead: Lead
) -> None:
    page = open_at(people.seller, "/leads/")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Lumikello Oy")).to_be_focused()
    page.keyboard.press("?")
    shortcuts = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(shortcuts).to_contain_text("Next or previous row")
    expect(shortcuts).to_contain_text("Jump to a record, a page or an action")
    shortcuts.get_by_role("switch", name="Single-key shortcuts").uncheck()
    shortcuts.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    expect(page.get_by_label("Search leads")).not_to_be_focused()
    jump(page)
