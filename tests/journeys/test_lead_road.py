"""The main road in a real browser on the running portal: real worker, real SMTP, every persona."""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from partnerhub.embedded.processes import wait_until
from tests.browser import opened, started
from tests.notifications.sink import Sink, text_of
from tests.stack import MANAGER, SELLER, Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("portal")]

REPRESENTATIVE = "solveig.aastad@tallvik.example.org"
ACCOUNT_ADMIN = "tjark.hinrichs@nordwind.example.org"
REFERRALS_USER = "rasmus.lindtorp@nordwind.example.org"
PROFILE_ADMIN = "katarzyna.wolnik@nordwind.example.org"
RIVAL = "liis.tamm@baltkassa.example.org"
OTHER_TENANT = "pawel.gronek@debowa.example.org"


@pytest.fixture
def sign_in(stack: Stack, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A browser window of this person, at home. Any console error or foreign request fails the test."""
    contexts, troubles = [], []

    def watch(page: Page) -> None:
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on(
            "request",
            lambda sent: (
                troubles.append(sent.url) if not sent.url.startswith((stack.base, stack.live, "data:")) else None
            ),
        )

    def open_home(email: str, tenant: str = "tallvik") -> Page:
        context = browser.new_context(locale="en-GB")
        contexts.append(context)
        page = context.new_page()
        watch(page)
        page.goto(f"{stack.base}/{tenant}/accounts/login/")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password", exact=True).fill(stack.password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(re.compile(f"/{tenant}/$"))
        return started(page)

    yield open_home
    for context in contexts:
        context.close()
    expected = "status of 4"  # the answers that a test asks for: refused, not found, no access
    assert [trouble for trouble in troubles if expected not in trouble] == []


def mail_to(sink: Sink, address: str, words: str) -> EmailMessage:
    """The mail to this address whose subject has these words; waits for it."""
    found: list[EmailMessage] = []

    def arrived() -> bool:
        found[:] = [mail for mail in sink.to(address) if words in mail["Subject"]]
        return bool(found)

    assert wait_until(arrived, seconds=60), f"no mail to {address} about {words}: {[m['Subject'] for m in sink.mails]}"
    return found[-1]


def fill(page: Page, company: str, kind: str) -> None:
    page.get_by_label("Company").fill(company)
    page.get_by_label("Website").fill(f"{re.sub('[^a-z]+', '-', company.lower())}.example.org")  # each its own business
    page.get_by_label("Country").select_option("DE")
    page.get_by_label("First name").fill("Friederike")
    page.get_by_label("Last name").fill("Osterkamp")
    page.get_by_label("Email").first.fill("f.osterkamp@example.org")
    if kind == "POS":
        page.get_by_label("Number of locations").fill("2")
    page.get_by_label("The contact agreed to be referred").check()
    page.get_by_label("I accept the program terms").check()


def submit(page: Page, company: str, kind: str, *, support: bool = True) -> str:
    """Submit a lead, correcting one mistake on the way; the lead's address."""
    opened(page, page.url.partition("/tallvik/")[0] + "/tallvik/leads/")
    page.get_by_role("link", name=f"Submit a {kind} lead").first.click()
    fill(page, company, kind)
    page.get_by_label("Email").first.fill("f.osterkamp@")
    if support:
        page.get_by_role("switch", name="Sales support").check()
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page).to_have_title(re.compile("^Error"))
    expect(page.get_by_label("Company")).to_have_value(company)
    page.get_by_label("Email").first.fill("f.osterkamp@example.org")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("heading", level=1, name=company)).to_be_visible()
    return page.url


def decide(page: Page, address: str, action: str, **fields: str) -> None:
    """Take a step on the lead's page: the action, then its form."""
    opened(page, address)
    link = page.get_by_role("link", name=action, include_hidden=True).first
    if not link.is_visible():
        page.get_by_role("button", name="More actions").click()
    link.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    for label, value in fields.items():
        control = page.get_by_label(label.replace("_", " ")).last
        if control.evaluate("node => node.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
    page.get_by_role("dialog").locator("button.primary, button.danger").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("kind", ["POS", "Plus"])
def test_from_submitting_to_the_award(stack: Stack, letter_sink: Sink, sign_in: Callable[..., Page], kind: str) -> None:
    company = f"Wollkontor {kind} GmbH"
    seller = sign_in(SELLER)
    address = submit(seller, company, kind)
    confirmation = mail_to(letter_sink, SELLER, company)
    assert "Friederike" in text_of(confirmation)
    assert address in text_of(confirmation)
    mail_to(letter_sink, MANAGER, company)
    seller.goto(f"{stack.base}/tallvik/leads/")
    first = seller.get_by_role("table", name="Submitted leads").get_by_role("row").nth(1)
    expect(first).to_contain_text(company)

    manager = sign_in(MANAGER)
    decide(manager, address, "Assign", Representative="Solveig Aastad")
    mail_to(letter_sink, REPRESENTATIVE, company)
    representative = sign_in(REPRESENTATIVE)
    decide(representative, address, "Put in progress")
    decide(representative, address, "Ask for more information", Question="How many tills do they have?")
    asked = mail_to(letter_sink, SELLER, company)
    assert wait_until(lambda: any("How many tills" in text_of(mail) for mail in letter_sink.to(SELLER)), seconds=60), (
        asked
    )
    seller.goto(address)  # the question is the box to answer it
    seller.get_by_role("textbox", name="Answer").fill("Seven, all leased.")
    seller.get_by_role("button", name="Send answer").click()
    assert wait_until(
        lambda: any("Seven, all leased" in text_of(mail) for mail in letter_sink.to(REPRESENTATIVE)), seconds=60
    )
    decide(manager, address, "Award")
    assert wait_until(lambda: any("warded" in mail["Subject"] for mail in letter_sink.to(SELLER)), seconds=60)

    seller.goto(address)
    timeline = seller.get_by_role("region", name="Timeline")
    for words in ("Submitted", "Assigned to Solveig Aastad", "In progress", "More information needed", "Awarded"):
        expect(timeline).to_contain_text(words)
    expect(timeline).to_contain_text("Seven, all leased.")
    expect(seller.get_by_role("region", name="Status", exact=True)).to_contain_text("Awarded")
    seller.goto(f"{stack.base}/tallvik/referrals/")
    expect(seller.get_by_role("main")).to_contain_text(company)


def test_a_pos_lead_without_support_says_that_it_stays_submitted(stack: Stack, sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER)
    submit(page, "Papeterie Solo", "POS", support=False)
    next_words = page.get_by_role("region", name="What happens next")
    expect(next_words).to_contain_text("The status stays Submitted, also after a payout")
    page.get_by_role("link", name="Ask for sales support").click()
    page.get_by_role("button", name="Ask for sales support").click()
    expect(next_words).to_contain_text("Our sales team will review it.")
    expect(page.get_by_role("region", name="Timeline")).to_contain_text("Sales support asked for")


def test_no_access_is_requested_granted_and_opens_the_page(
    stack: Stack, letter_sink: Sink, sign_in: Callable[..., Page]
) -> None:
    colleague = sign_in(PROFILE_ADMIN)
    answer = colleague.goto(f"{stack.base}/tallvik/leads/")
    assert answer is not None
    assert answer.status == 403
    expect(colleague.get_by_role("heading", level=1)).to_have_text("You don't have access")
    expect(colleague.get_by_role("main")).to_contain_text("Tjark Hinrichs")
    colleague.get_by_role("button", name="Request access").click()
    mail = mail_to(letter_sink, ACCOUNT_ADMIN, "")
    link = re.search(rf"{re.escape(stack.base)}/tallvik/access-requests/[0-9a-f-]+/", text_of(mail))
    assert link is not None
    admin = sign_in(ACCOUNT_ADMIN)
    admin.goto(link[0])
    admin.get_by_role("button", name=re.compile("^Grant")).first.click()
    mail_to(letter_sink, PROFILE_ADMIN, "")
    colleague.goto(f"{stack.base}/tallvik/leads/")
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Leads")


def test_the_rival_and_the_other_tenant_see_nothing_of_it(
    stack: Stack, letter_sink: Sink, sign_in: Callable[..., Page], tmp_path: Path
) -> None:
    marker = "Geheimkontor"
    seller = sign_in(SELLER)
    address = submit(seller, f"{marker} GmbH", "POS")
    paper = tmp_path / "geheim.txt"
    paper.write_text(marker)
    seller.get_by_role("textbox", name="Message").fill(f"{marker}: a question with a file")
    seller.locator("input[type=file]").set_input_files(paper)
    seller.get_by_role("button", name="Send message").click()
    file_link = (
        seller.get_by_role("region", name="Shared messages").get_by_role("link", name=re.compile("geheim")).first
    )
    file_url = f"{stack.base}{file_link.get_attribute('href')}"
    mail_to(letter_sink, SELLER, marker)
    lead_id = address.rstrip("/").rpartition("/")[2]
    for email, tenant in ((RIVAL, "tallvik"), (OTHER_TENANT, "kasztan")):
        page = sign_in(email, tenant)
        base = f"{stack.base}/{tenant}"
        for path in ("leads/", f"leads/?q={marker}", "", "companies/", "contacts/", "referrals/", "admin-log/"):
            answer = page.goto(f"{base}/{path}")
            assert answer is not None
            assert f"{marker} GmbH" not in answer.text(), path  # the search box says again what was searched for
        cookies: Any = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
        with httpx.Client(cookies=cookies, timeout=60) as client:
            for path in ("leads/export.csv", f"api/v1/leads/?q={marker}", "api/v1/leads/", "api/v1/events/"):
                assert f"{marker} GmbH" not in client.get(f"{base}/{path}").text
            for url in (address, file_url, f"{base}/leads/{lead_id}/", f"{base}/api/v1/leads/{lead_id}/"):
                assert client.get(url).status_code == 404, url
    assert all(marker not in text_of(mail) for mail in letter_sink.to(RIVAL) + letter_sink.to(OTHER_TENANT))


def test_one_person_switches_between_two_portals(stack: Stack, sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER)
    page.goto(f"{stack.base}/accounts/seats/")
    page.get_by_role("link", name=re.compile("Kasztan Pay")).first.click()
    expect(page).to_have_url(re.compile("/kasztan/$"))
    expect(page.get_by_role("navigation", name="Main")).to_contain_text("Kasztan Pay")
    page.goto(f"{stack.base}/kasztan/leads/")
    expect(page.get_by_role("link", name="Submit a Kasa lead").first).to_be_visible()
