"""From an empty database to an awarded lead, by the README's words: a browser, and no shell after createsuperuser."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from partnerhub.embedded.building import manage
from tests.journeys.test_lead_road import decide, fill, mail_to
from tests.notifications.sink import Sink, text_of
from tests.running import mail_server, portal
from tests.stack import Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400), pytest.mark.xdist_group("empty")]

PASSWORD = "a-long-word-for-this-road"
OPERATOR = "operator@example.org"
ADMIN, MANAGER, REPRESENTATIVE = (f"{name}@fjordpay.example.org" for name in ("ingunn", "sindre", "marte"))
FIRST = "onno@moorblick.example.org"
COMPANY = "Wollkontor Elbufer GmbH"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_server() as made:
        yield made


@pytest.fixture
def empty(sink: Sink, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The README's commands (prepare_database, migrate, createsuperuser), and web, worker and beat."""
    with portal(tmp_path_factory.mktemp("empty"), sink, demo=False) as stack:
        words = ["createsuperuser", "--noinput", "--email", OPERATOR, "--name", "Operator"]
        manage(words, stack.settings | {"DJANGO_SUPERUSER_PASSWORD": PASSWORD})
        yield stack


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[[], Page]]:
    """A browser of somebody's own."""
    contexts = []

    def opened() -> Page:
        contexts.append(browser.new_context(locale="en-GB"))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def set_up_second_factor(page: Page) -> None:
    """On the page that asks for it: confirm the password, read the secret, type the code."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm that it is you")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")
    secret = page.locator("code").inner_text()
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Set up an authenticator app")


def come_in(page: Page, sink: Sink, address: str, words: str, *, name: str, second_factor: bool = False) -> str:
    """Accept the invitation that was mailed; what the mail says."""
    text = text_of(mail_to(sink, address, words))
    link = re.search(r"http://\S+/welcome/\S+/", text)
    assert link is not None, text
    page.goto(link[0])
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Accept and sign in").click()
    if second_factor:
        set_up_second_factor(page)
        page.goto(link[0].partition("welcome/")[0])
    expect(page.get_by_role("navigation", name="Main")).to_contain_text("Fjord Pay")
    return " ".join(text.split())


def open_portal(page: Page, base: str) -> None:
    page.goto(f"{base}/admin/")
    page.get_by_label("Email").fill(OPERATOR)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_have_count(0)
    page.goto(f"{base}/admin/")
    set_up_second_factor(page)
    page.goto(f"{base}/admin/tenancy/tenant/add/")
    for label, value in {
        "Address in the path": "fjordpay",
        "Name": "Fjord Pay",
        "Support address": "help@fjordpay.example.org",
        "Programme admin's name": "Ingunn Solli",
        "Programme admin's email": ADMIN,
    }.items():
        page.get_by_label(f"{label}:", exact=True).fill(value)
    page.get_by_label("Language:").select_option("en")
    page.get_by_label("Time zone:").select_option("Europe/Oslo")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()


def invite(page: Page, portal_url: str, email: str, name: str, role: str) -> None:
    """As the Programme admin, to the vendor's own side."""
    page.goto(f"{portal_url}/settings/users/")
    page.get_by_role("link", name="Invite").first.click()
    page.get_by_label("Email").fill(email)
    page.get_by_label("Name").fill(name)
    expect(page.get_by_role("button", name="Send invitation")).to_be_visible()
    if page.get_by_label("Organisation").is_visible():
        page.get_by_label("Organisation").select_option(label="Fjord Pay")
    page.get_by_role("checkbox", name=re.compile(f"^{role}")).check()
    page.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_role("main")).to_contain_text(f"{email} gets a mail")


def enrol(page: Page, portal_url: str) -> None:
    """As the channel manager: a partner of one person, who holds both roles."""
    page.goto(f"{portal_url}/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Partners").click()
    page.get_by_role("link", name="New partner").first.click()
    page.get_by_label("Name", exact=True).fill("Moorblick Handel")
    page.get_by_label("Country").select_option("DE")
    page.get_by_label("Website").fill("moorblick.example.org")
    page.get_by_label("Email").fill(FIRST)
    page.get_by_label("First name").fill("Onno")
    page.get_by_label("Last name").fill("Behrens")
    for role in ("Account admin", "Referrals admin"):
        expect(page.get_by_role("checkbox", name=re.compile(f"^{role}"))).to_be_checked()
    page.get_by_role("button", name="Create and invite").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Moorblick Handel")


def submit_lead(page: Page, portal_url: str) -> str:
    page.goto(f"{portal_url}/leads/")
    page.get_by_role("link", name="Submit a POS lead").first.click()
    fill(page, COMPANY, "POS")
    page.get_by_role("switch", name="Sales support").check()
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("heading", level=1, name=COMPANY)).to_be_visible()
    return page.url


def test_from_an_empty_database_to_an_awarded_lead(empty: Stack, sink: Sink, window: Callable[[], Any]) -> None:
    portal_url = f"{empty.base}/fjordpay"
    open_portal(window(), empty.base)

    admin = window()
    come_in(admin, sink, ADMIN, "You are invited to run", name="Ingunn Solli", second_factor=True)
    invite(admin, portal_url, MANAGER, "Sindre Haugland", "Channel manager")
    invite(admin, portal_url, REPRESENTATIVE, "Marte Eikeland", "Sales representative")
    manager, representative = window(), window()
    said = come_in(manager, sink, MANAGER, "Ingunn Solli of Fjord Pay invites you", name="Sindre Haugland")
    assert "Ingunn Solli of Fjord Pay invites you to the partner portal of Fjord Pay." in said
    come_in(representative, sink, REPRESENTATIVE, "Ingunn Solli of Fjord Pay invites you", name="Marte Eikeland")

    enrol(manager, portal_url)
    partner = window()
    said = come_in(partner, sink, FIRST, "Sindre Haugland of Fjord Pay", name="Onno Behrens", second_factor=True)
    assert "to act for Moorblick Handel." in said
    lead = submit_lead(partner, portal_url)
    mail_to(sink, FIRST, COMPANY)
    mail_to(sink, MANAGER, COMPANY)

    decide(manager, lead, "Assign", Representative="Marte Eikeland")
    decide(representative, lead, "Put in progress")
    decide(manager, lead, "Award")
    partner.goto(lead)
    expect(partner.get_by_role("region", name="Status", exact=True)).to_contain_text("Awarded")
    mail_to(sink, FIRST, "warded")
    partner.goto(f"{portal_url}/referrals/")
    expect(partner.get_by_role("main")).to_contain_text(COMPANY)
