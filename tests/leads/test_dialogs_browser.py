"""A verb's dialog in a real browser: it opens over the record, keeps what is wrong inside, and gives focus back."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page, expect

from leads import services
from leads.models import Lead
from leads.states import Status
from partnerhub.accounts.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 390, "height": 844}
Open = Callable[..., Page]


@pytest.fixture
def lead(seller: Membership, manager: Membership, new_lead: Callable[..., Lead], acting: Callable[..., object]) -> Lead:
    """Refused, so that the partner may appeal."""
    made = new_lead(seller, company="Lumikello Oy")
    with acting(manager):
        return services.refuse_lead(made.pk, code="not_a_fit", text="They have no shop.", by=manager)


def press(page: Page, name: str) -> None:
    """The control of this name, in the row or in the menu of the rest."""
    link = page.get_by_role("link", name=name, exact=True)
    if not link.is_visible():
        page.get_by_role("button", name="More actions").click()
    link.click()


def test_an_error_stays_in_the_dialog_and_success_draws_the_record_anew(
    open_at: Open, lead: Lead, seller: Membership, put: Callable[..., Lead]
) -> None:
    page = open_at(seller, f"/leads/{lead.pk}/")
    address = page.url
    press(page, "Appeal")
    dialog = page.get_by_role("dialog", name="Appeal the decision on Lumikello Oy")
    expect(dialog).to_contain_text(lead.reference)
    expect(dialog.get_by_label("Why should we look again?")).to_be_focused()
    dialog.get_by_role("button", name="Send appeal").click()
    expect(dialog.get_by_role("alert")).to_be_focused()
    expect(page).to_have_url(address)
    assert Axe().run(page, options={"resultTypes": ["violations"]}).violations_count == 0
    dialog.get_by_label("Why should we look again?").fill("They open one in May.")
    dialog.get_by_role("button", name="Send appeal").click()
    expect(page.get_by_role("status").filter(has_text="Your appeal for Lumikello Oy is sent.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#main")).to_be_focused()
    expect(page).to_have_url(address)
    assert put(lead).status == Status.SUBMITTED


@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, NARROW], ids=["wide", "narrow"])
def test_escape_and_cancel_give_focus_back_and_what_was_typed_is_still_there(
    open_at: Open, lead: Lead, seller: Membership, size: dict[str, int]
) -> None:
    page = open_at(seller, f"/leads/{lead.pk}/", size=size)
    opener = page.get_by_role("link", name="Appeal", exact=True)
    opener.click()
    page.get_by_label("Why should we look again?").fill("They open one in May.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Why should we look again?")).to_have_value("They open one in May.")
    box = page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert box["width"] <= size["width"]
    page.get_by_role("button", name="Cancel").click()
    expect(opener).to_be_focused()
    opener.click()
    expect(page.get_by_label("Why should we look again?")).to_have_value("")


def test_without_scripts_the_link_leads_to_the_page_that_asks_the_same(
    open_at: Open, lead: Lead, seller: Membership, put: Callable[..., Lead]
) -> None:
    page = open_at(seller, f"/leads/{lead.pk}/", scripts=False)
    page.get_by_role("link", name="Appeal", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Appeal the decision on Lumikello Oy")
    page.get_by_label("Why should we look again?").fill("They open one in May.")
    page.get_by_role("button", name="Send appeal").click()
    expect(page.get_by_text("Your appeal for Lumikello Oy is sent.")).to_be_visible()
    assert put(lead).status == Status.SUBMITTED


def test_a_session_that_has_ended_is_told_inside_the_dialog_and_loses_nothing(
    open_at: Open, lead: Lead, seller: Membership
) -> None:
    page = open_at(seller, f"/leads/{lead.pk}/")
    press(page, "Appeal")
    page.get_by_label("Why should we look again?").fill("They open one in May.")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Send appeal").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("link", name="Sign in again")).to_be_visible()
    expect(dialog.get_by_label("Why should we look again?")).to_have_value("They open one in May.")
