"""A partner's queue in a real browser: accept a lead, correct it, be back at the same view, page and row (C5, C7)."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser import opened
from tests.claims.brings import LEAD
from tests.journeys.test_lead_road import sign_in
from tests.stack import MANAGER, SELLER, Person, Stack

__all__ = ["sign_in"]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("portal")]


def test_from_the_queue_to_a_corrected_lead_and_back_to_its_row(stack: Stack, sign_in: Callable[..., Page]) -> None:
    manager, mark = Person(stack, MANAGER), uuid4().hex[:8]
    for number in (1, 2):
        more = {"company": f"Fjordkaffe {mark} {number}", "website": f"https://{mark}-{number}.example.org"}
        brought = manager.api("vendor-leads/", LEAD | more)
        assert brought.status_code == 201, brought.text
    page = opened(sign_in(SELLER), f"{stack.base}/tallvik/leads/?view=queue&sort=-number&size=50")
    rows = page.get_by_role("table").locator("tbody tr")
    expect(rows.first).not_to_contain_text("Fjordkaffe")
    number = rows.first.locator("td, th").first.inner_text().strip()
    rows.first.get_by_role("button", name=re.compile("^Accept")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fjordkaffe")
    expect(page.get_by_text(f"{number} is yours.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("moen@fjordkaffe.example.org")
    lead = page.url
    edit = page.get_by_role("link", name=re.compile("^Correct"), include_hidden=True).first
    if not edit.is_visible():
        page.get_by_role("button", name="More actions").click()
    edit.click()
    page.get_by_label("Job title").fill("Owner of the shop")
    page.get_by_role("button", name=re.compile("^Save")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leads to take")
    expect(page).to_have_url(re.compile(r"view=queue&sort=-number&size=50"))
    expect(page.get_by_role("table")).not_to_contain_text(number)
    opened(page, lead)
    expect(page.locator("main")).to_contain_text("Owner of the shop")
