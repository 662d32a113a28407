"""A list that is looked at says what others change, in a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from leads.models import Lead
from leads.services import assign_lead
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.partners.services import suspend_partner
from tests.browser import opened
from tests.live.process import LiveProcess
from tests.web.test_lists_browser import WIDE, portal

__all__ = ["portal"]  # a fixture
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

Look = Callable[..., Page]


@pytest.fixture
def live(portal: str, tmp_path: Path, settings: Any) -> Iterator[LiveProcess]:
    """On a port of its own, as in the demo."""
    public = portal.removesuffix("/acme/")
    process = LiveProcess(tmp_path, {"PUBLIC_URL": public}, host="localhost")
    settings.LIVE_URL = process.base
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy | {"connect-src": ["'self'", process.base]}}
    process.start()
    yield process
    process.stop()


@pytest.fixture
def look(portal: str, live: LiveProcess, browser: Browser, client_of: Callable[..., Client]) -> Iterator[Look]:
    """Somebody's browser on a page, once it listens."""
    contexts = []

    def at(member: Membership, address: str) -> Page:
        session = client_of(member).cookies[settings.SESSION_COOKIE_NAME].value
        context = browser.new_context(viewport=WIDE)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}])
        contexts.append(context)
        page = context.new_page()
        with page.expect_response(lambda answer: "/live/" in answer.url and answer.status == 200):
            opened(page, portal + address)
        return page

    yield at
    for context in contexts:
        context.close()


def test_a_row_in_sight_is_drawn_anew_in_its_place(
    look: Look,
    new_lead: Callable[..., Lead],
    acting: Callable[..., Any],
    seller: Membership,
    manager: Membership,
    second_manager: Membership,
    representative: Membership,
) -> None:
    lead, other = (
        new_lead(seller, company="Shop 1"),
        new_lead(seller, company="Shop 2", website="https://b.example.org"),
    )
    page = look(manager, "leads/")
    with acting(second_manager):
        assign_lead(lead.pk, to=representative.pk, by=second_manager)
    expect(page.locator(f"#row-{lead.pk} .rep")).to_have_text("Solveig Aastad")
    expect(page.locator(f"#row-{other.pk} .rep")).to_have_text("Not assigned")
    expect(page.locator("[data-changed]")).to_have_count(0)


def test_what_is_not_in_sight_is_counted_and_shown_when_asked(
    look: Look, new_lead: Callable[..., Lead], seller: Membership, manager: Membership
) -> None:
    new_lead(seller, company="Shop 1")
    page = look(manager, "leads/")
    page.get_by_role("searchbox", name="Search").first.focus()
    new_lead(seller, company="Shop 2", website="https://b.example.org")
    line = page.get_by_role("status").filter(has_text="Changed meanwhile: 1")
    expect(line).to_be_visible()
    expect(page.locator("#list tbody tr")).to_have_count(1)
    line.get_by_role("button", name="Show them").click()
    expect(page.locator("#list tbody tr")).to_have_count(2)
    expect(page.locator("[data-changed]")).to_have_count(0)


def test_a_row_under_the_hand_stays_as_it_is_and_is_counted(
    look: Look,
    new_lead: Callable[..., Lead],
    acting: Callable[..., Any],
    seller: Membership,
    manager: Membership,
    second_manager: Membership,
    representative: Membership,
) -> None:
    lead = new_lead(seller, company="Shop 1")
    page = look(manager, "leads/")
    link = page.get_by_role("link", name="Shop 1")
    link.focus()
    with acting(second_manager):
        assign_lead(lead.pk, to=representative.pk, by=second_manager)
    expect(page.get_by_role("status").filter(has_text="1 lead, rows")).to_contain_text(
        "· Changed meanwhile: 1 Show them"
    )
    expect(link).to_be_focused()
    expect(page.locator(f"#row-{lead.pk} .rep")).to_have_text("Not assigned")


def test_a_change_that_the_filter_leaves_out_is_not_told(
    look: Look,
    new_lead: Callable[..., Lead],
    acting: Callable[..., Any],
    seller: Membership,
    manager: Membership,
    second_manager: Membership,
    representative: Membership,
) -> None:
    shown, other = (new_lead(seller, company=name, website=f"https://{name}.example.org") for name in ("one", "two"))
    page = look(manager, "leads/?q=one")
    with acting(second_manager):
        assign_lead(other.pk, to=representative.pk, by=second_manager)
        assign_lead(shown.pk, to=representative.pk, by=second_manager)
    expect(page.locator(f"#row-{shown.pk} .rep")).to_have_text("Solveig Aastad")
    expect(page.locator("[data-changed]")).to_have_count(0)


def test_a_tab_that_comes_back_listens_again_and_hears_what_it_missed(
    look: Look, live: LiveProcess, new_lead: Callable[..., Lead], seller: Membership, manager: Membership
) -> None:
    """The process is away meanwhile, as at a deployment."""
    page = look(manager, "leads/")
    live.stop()
    new_lead(seller, company="Shop 1")
    live.start()
    expect(page.get_by_role("status").filter(has_text="Changed meanwhile: 1")).to_be_visible()


def test_lists_of_other_records_are_live_too(
    look: Look, acting: Callable[..., Any], nordwind: Partner, manager: Membership, programme_admin: Membership
) -> None:
    page = look(manager, "partners/")
    with acting(programme_admin):
        suspend_partner(nordwind.pk, reason="They asked for it.", by=programme_admin)
    expect(page.locator(f"#row-{nordwind.pk} .state")).to_have_text("Suspended")
