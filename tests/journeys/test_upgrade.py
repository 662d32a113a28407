"""The upgrade of a store, from the lead to the mail that it is there; its owner has a telephone, and no account."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import opened
from tests.journeys.test_lead_road import decide, mail_to, sign_in
from tests.notifications.sink import Sink, text_of
from tests.stack import MANAGER, SELLER, Person, Stack
from tests.upgrades.brings import merchants_lead

__all__ = ["sign_in"]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("portal")]

TELEPHONE = ViewportSize(width=390, height=844)
Lead = dict[str, Any]


def owner_of(host: str) -> str:
    return f"owner@{host}.example.org"


def link_to(sink: Sink, host: str) -> str:
    """The address in the mail to the owner of the store."""
    found = re.search(r"https?://\S+/invitations/[^/\s]+/", text_of(mail_to(sink, owner_of(host), "suggested by")))
    assert found is not None
    return found[0]


def invited(page: Page, stack: Stack, lead: Lead) -> str:
    """The partner sends the invitation on the lead's page; the lead's address."""
    address = f"{stack.base}/tallvik/leads/{lead['id']}/"
    opened(page, address).get_by_role("link", name="Send upgrade invitation").click()
    page.get_by_label("Language of the mail").select_option("en")
    page.get_by_role("dialog").get_by_role("button", name="Send upgrade invitation").click()
    expect(page.get_by_role("region", name="Timeline")).to_contain_text("Upgrade invitation sent")
    return address


def invitation_of(seller: Person, lead: Lead) -> dict[str, Any]:
    """The invitation as the partner's system reads it."""
    found: list[dict[str, Any]] = seller.look("/tallvik/api/v1/upgrade-invitations/?size=100").json()["results"]
    (one,) = [row for row in found if row["lead"] == lead["id"]]
    return one


def test_the_owner_agrees_on_a_telephone_without_scripts_and_the_partner_is_told(
    stack: Stack, browser: Browser, letter_sink: Sink, sign_in: Callable[..., Page]
) -> None:
    host = "seilmacher-ost"
    seller, page = Person(stack, SELLER), sign_in(SELLER)
    lead = merchants_lead(seller, host)
    address, link = invited(page, stack, lead), link_to(letter_sink, host)

    assert {httpx.request(verb, link, timeout=30).status_code for verb in ("GET", "HEAD", "GET")} == {200}
    assert invitation_of(seller, lead)["status"] == "sent"  # whatever opens every link in a mail has used nothing up

    context = browser.new_context(locale="en-GB", viewport=TELEPHONE, java_script_enabled=False)
    owner = context.new_page()
    owner.goto(link)
    owner.get_by_role("button", name="Read the terms").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Terms and conditions")
    owner.get_by_role("button", name="Agree and upgrade").click()  # without name and tick: said in words
    expect(owner.get_by_role("main")).to_contain_text("Enter your name.")
    owner.get_by_label("Your name").fill("Frauke Petersen")
    owner.get_by_label(re.compile("I agree")).check()
    owner.get_by_role("button", name="Agree and upgrade").click()
    expect(owner.get_by_role("main")).to_contain_text("Frauke Petersen agreed on")
    assert "Frauke Petersen" in text_of(mail_to(letter_sink, SELLER, "the owner agreed"))

    manager = sign_in(MANAGER)
    expect(manager.get_by_role("main")).to_contain_text("Stores to upgrade")
    decide(
        manager, f"{stack.base}/tallvik/upgrade-invitations/{invitation_of(seller, lead)['id']}/", "Mark as upgraded"
    )
    mail_to(letter_sink, owner_of(host), "Your store is upgraded")
    mail_to(letter_sink, SELLER, "the store is upgraded")

    opened(page, address)
    expect(page.get_by_role("region", name="Status", exact=True)).to_contain_text("Awarded")
    for words in ("Owner opened the invitation", "Owner agreed to the upgrade", "Store upgraded"):
        expect(page.get_by_role("region", name="Timeline")).to_contain_text(words)

    owner.goto(link)  # used again, it says what became of it
    expect(owner.get_by_role("main")).to_contain_text(f"shop.{host}.example.org is upgraded. Thank you.")
    again = httpx.post(link, data={"act": "decline"}, timeout=30)
    assert (again.status_code, "is upgraded. Thank you." in again.text) == (409, True)
    assert invitation_of(seller, lead)["status"] == "active"
    context.close()


def test_declined_or_withdrawn_the_link_says_so_and_the_partner_is_told(
    stack: Stack, browser: Browser, letter_sink: Sink, sign_in: Callable[..., Page]
) -> None:
    seller, page = Person(stack, SELLER), sign_in(SELLER)
    context = browser.new_context(locale="en-GB", viewport=TELEPHONE, java_script_enabled=False)
    owner = context.new_page()

    declined = merchants_lead(seller, "taklage-nord")
    address = invited(page, stack, declined)
    owner.goto(link_to(letter_sink, "taklage-nord"))
    owner.get_by_role("button", name="Read the terms").click()
    owner.get_by_role("button", name="Decline").click()
    expect(owner.get_by_role("main")).to_contain_text("You declined the upgrade.")
    mail_to(letter_sink, SELLER, "the owner declined")
    expect(opened(page, address).get_by_role("region", name="Timeline")).to_contain_text("Owner declined the upgrade")

    withdrawn = merchants_lead(seller, "taklage-west")
    invited(page, stack, withdrawn)
    link, invitation = link_to(letter_sink, "taklage-west"), invitation_of(seller, withdrawn)
    why = "The shop is closed for the winter."
    decide(page, f"{stack.base}/tallvik/upgrade-invitations/{invitation['id']}/", "Withdraw invitation", Why_do_you=why)
    owner.goto(link)
    expect(owner.get_by_role("main")).to_contain_text("the invitation was withdrawn")
    told = text_of(mail_to(letter_sink, owner_of("taklage-west"), "not offered any more"))
    assert why not in told
    context.close()
