"""Intake by a printed code: on a telephone, without an account, with and without scripts; then the objection."""

import re

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser import started
from tests.journeys.test_lead_road import mail_to
from tests.notifications.sink import Sink, text_of
from tests.stack import MANAGER, SELLER, Person, Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("portal")]
TELEPHONE = ViewportSize(width=390, height=844)
TYPED = {
    "Company": "Kontor am Fleet",
    "Website": "https://fleet-kontor.example.org",
    "Number of locations": "3",
    "First name": "Jette",
    "Last name": "Ahlers",
    "Email": "jette@fleet-kontor.example.org",
}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_code_at_a_fair_becomes_a_lead_that_the_channel_manager_sees(
    stack: Stack, browser: Browser, letter_sink: Sink, scripts: bool
) -> None:
    mark = "with" if scripts else "without"
    body = {"name": f"Fair {mark}", "program": "pos", "comes_in": "lead", "terms": True}
    made = Person(stack, SELLER).api("intake-links/", body).json()
    context = browser.new_context(locale="en-GB", viewport=TELEPHONE, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(made["url"])
    if scripts:
        started(page)
        expect(page.locator("[name=proof]")).not_to_have_value("", timeout=60_000)
    email = TYPED["Email"].replace("jette", mark)
    changes = {"Company": f"Kontor {mark} Fleet", "Website": f"https://{mark}-fleet.example.org", "Email": email}
    for label, text in (TYPED | changes).items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Country").select_option("DE")
    page.get_by_label(re.compile("I agree that")).check()
    page.get_by_role("button", name="Send").click()
    if not scripts:
        expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
        page.goto(link_in(letter_sink, email, "Confirm", "intake/confirm"))
        page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    manager = Person(stack, MANAGER)
    (lead,) = manager.look(f"/tallvik/api/v1/leads/?q=Kontor+{mark}").json()["results"]
    assert lead["status"] == "submitted"
    page.goto(link_in(letter_sink, email, "referred", "objections"))
    page.get_by_role("button", name="Object").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have objected")
    assert manager.look(f"/tallvik/api/v1/leads/{lead['id']}/").json()["status"] == "withdrawn"
    context.close()


@pytest.mark.parametrize("shows", [True, False])
def test_a_site_that_the_link_names_shows_the_form_in_a_frame_and_no_other(
    stack: Stack, browser: Browser, shows: bool
) -> None:
    """The proof of work is done in the frame, where the portal has no cookies; what is sent is the partner's lead."""
    site = "https://www.kontor.example.org" if shows else "https://evil.example.org"
    body = {"name": f"Site {shows}", "program": "pos", "comes_in": "lead", "terms": True}
    seller = Person(stack, SELLER)
    made = seller.api("intake-links/", body | {"frame_origins": ["https://www.kontor.example.org"]}).json()
    context = browser.new_context(locale="en-GB")
    # The portal is on this machine, the site seems to be far away: a browser asks before it lets it look in.
    context.grant_permissions(["local-network-access"], origin=site)
    page = context.new_page()
    shown = f'<iframe title="Form" width="900" height="1400" src="{made["url"]}"></iframe>'
    markup = f"<!doctype html><title>Shop</title>{shown}"
    page.route(f"{site}/", lambda route: route.fulfill(content_type="text/html", body=markup))
    with page.expect_event("requestfailed" if not shows else "requestfinished", lambda asked: asked.url == made["url"]):
        page.goto(f"{site}/")
    frame = page.frame_locator("iframe")
    if not shows:
        expect(frame.get_by_label("Company", exact=True)).to_have_count(0)
        context.close()
        return
    expect(frame.locator("[name=proof]")).not_to_have_value("", timeout=60_000)
    changes = {"Company": "Rahmenkontor", "Website": "https://rahmen.example.org", "Email": "jette@rahmen.example.org"}
    for label, text in (TYPED | changes).items():
        frame.get_by_label(label, exact=True).fill(text)
    frame.get_by_label("Country").select_option("DE")
    frame.get_by_label(re.compile("I agree that")).check()
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_role("heading", level=1)).to_have_text("Thank you")
    (lead,) = seller.look("/tallvik/api/v1/leads/?q=Rahmenkontor").json()["results"]
    assert (lead["status"], lead["company"]) == ("submitted", "Rahmenkontor")
    context.close()


def link_in(sink: Sink, address: str, subject: str, path: str) -> str:
    found = re.search(rf"https?://\S+/{path}/\S+/", text_of(mail_to(sink, address, subject)))
    assert found is not None
    return found[0]
