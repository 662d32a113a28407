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
from tests.browser import opened
from tests.live.process import LiveProcess
from tests.web.test_lists_browser import WIDE, portal

__all__ = ["portal"]  # a fixture
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

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
