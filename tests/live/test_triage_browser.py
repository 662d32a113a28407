"""Triage says what others decide, in a real browser: rows turn grey, the lead that is read says so, nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from leads.models import Lead
from leads.services import assign_lead
from partnerhub.accounts.models import Membership
from tests.live.test_lists_browser import Look, live, look, portal

__all__ = ["live", "look", "portal"]  # fixtures
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def leads(new_lead: Callable[..., Lead], seller: Membership) -> list[Lead]:
    return [new_lead(seller, company=f"Shop {number}", website=f"https://s{number}.example.org") for number in range(3)]


def test_a_lead_that_somebody_takes_turns_grey_where_it_stands(
    look: Look,
    leads: list[Lead],
    acting: Callable[..., Any],
    manager: Membership,
    second_manager: Membership,
    representative: Membership,
) -> None:
    page = look(manager, "triage/")
    with acting(second_manager):
        assign_lead(leads[1].pk, to=representative.pk, by=second_manager)
    row = page.locator(f"#row-{leads[1].pk}")
    expect(row).to_have_class("taken")
    expect(row).to_contain_text("with Solveig Aastad")
    expect(page.locator("#list tbody > tr")).to_have_count(3)
    expect(page.locator("[data-changed-record] .notice")).to_have_count(0)


def test_a_lead_that_comes_in_is_offered(
    look: Look, leads: list[Lead], new_lead: Callable[..., Lead], seller: Membership, manager: Membership
) -> None:
    page = look(manager, "triage/")
    new_lead(seller, company="Shop 4", website="https://s4.example.org")
    line = page.get_by_role("status").filter(has_text="Changed meanwhile: 1")
    expect(line).to_be_visible()
    expect(page.locator("#list tbody > tr")).to_have_count(3)
    line.get_by_role("button", name="Show them").click()
    expect(page.locator("#list tbody > tr")).to_have_count(4)


def test_what_is_no_matter_of_the_queue_is_not_told(
    look: Look,
    leads: list[Lead],
    acting: Callable[..., Any],
    new_lead: Callable[..., Lead],
    seller: Membership,
    manager: Membership,
    second_manager: Membership,
    representative: Membership,
) -> None:
    with acting(second_manager):
        assign_lead(leads[0].pk, to=representative.pk, by=second_manager)
    page = look(manager, "triage/")
    with acting(second_manager):
        assign_lead(leads[0].pk, to=manager.pk, by=second_manager)
        assign_lead(leads[2].pk, to=representative.pk, by=second_manager)
    expect(page.locator(f"#row-{leads[2].pk}")).to_have_class("taken")
    expect(page.locator("[data-changed]")).to_have_count(0)


def test_the_lead_that_is_read_says_that_it_has_changed_and_text_stays(
    look: Look,
    leads: list[Lead],
    acting: Callable[..., Any],
    manager: Membership,
    second_manager: Membership,
    representative: Membership,
) -> None:
    page = look(manager, "triage/")
    text = page.locator("#lead textarea").first
    text.fill("Half a sentence")
    with acting(second_manager):
        assign_lead(leads[0].pk, to=representative.pk, by=second_manager)
    notice = page.locator("[data-changed-record]")
    expect(notice).to_contain_text("This has changed meanwhile.")
    expect(text).to_be_focused()
    expect(text).to_have_value("Half a sentence")
    notice.get_by_role("button", name="Show it as it is now").click()
    expect(page.locator("#lead")).to_contain_text("Solveig Aastad")
    expect(page.locator("#lead-title")).to_be_focused()
    expect(page.locator("#lead textarea").first).to_have_value("Half a sentence")


def test_a_row_that_is_ticked_stays_as_it_is(
    look: Look,
    leads: list[Lead],
    acting: Callable[..., Any],
    manager: Membership,
    second_manager: Membership,
    representative: Membership,
) -> None:
    page = look(manager, "triage/")
    row = page.locator(f"#row-{leads[1].pk}")
    row.get_by_role("checkbox").check()
    with acting(second_manager):
        assign_lead(leads[1].pk, to=representative.pk, by=second_manager)
    expect(page.get_by_role("status").filter(has_text="Changed meanwhile: 1")).to_be_visible()
    expect(row.get_by_role("checkbox")).to_be_checked()
