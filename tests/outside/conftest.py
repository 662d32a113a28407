"""The portal from the outside: who is signed in, and what there is to look at.

It is a portal of its own: what is done here to its people and leads meets no other test.
"""

import re
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

import httpx
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, BrowserContext, Page

from partnerhub.embedded.processes import wait_until
from tests.brought import brought, functions
from tests.notifications.sink import Sink, text_of
from tests.outside.pages import ANYBODY, HALF_IN, WIDE, WITH_SECOND_FACTOR
from tests.running import mail_server, portal
from tests.stack import Stack, trusted

NEWEST = "SELECT id FROM {} WHERE partner_id = %s {} ORDER BY id DESC LIMIT 1"
RECENT = 300  # seconds of the 900 after which pages ask for the password again
Known = dict[str, str]


@pytest.fixture(scope="session")
def letter_sink() -> Iterator[Sink]:
    with mail_server() as sink:
        yield sink


@pytest.fixture(scope="session")
def running(letter_sink: Sink, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with portal(tmp_path_factory.mktemp("outside"), letter_sink) as stack:
        yield stack


@pytest.fixture(scope="session")
def clients(running: Stack) -> Iterator[Callable[[str], httpx.Client]]:
    """The browser of this person, signed in for all tests, and again before the portal wants a newer sign-in."""
    signed_in: dict[str, tuple[float, httpx.Client]] = {}
    opened: list[httpx.Client] = []

    def of(who: str) -> httpx.Client:
        is_old = who in signed_in and who != WITH_SECOND_FACTOR and time.monotonic() - signed_in[who][0] > RECENT
        if who not in signed_in or is_old:
            opened.append(client_of(running, who))
            signed_in[who] = time.monotonic(), opened[-1]
        return signed_in[who][1]

    yield of
    for client in opened:
        client.close()


@pytest.fixture
def window_of(
    running: Stack, browser: Browser, clients: Callable[[str], httpx.Client]
) -> Iterator[Callable[..., Page]]:
    """A browser window in which this person is signed in, on the portal's own terms: `page.goto("/tallvik/leads/")`."""
    contexts: list[BrowserContext] = []

    def opened(who: str, **options: Any) -> Page:
        terms = {"base_url": running.base, "locale": "en-GB", "viewport": WIDE, "reduced_motion": "reduce"}
        context = browser.new_context(**(terms | options))
        contexts.append(context)
        jar = [] if who == ANYBODY else clients(who).cookies.jar
        context.add_cookies([{"name": one.name, "value": one.value or "", "url": running.base} for one in jar])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def client_of(stack: Stack, who: str) -> httpx.Client:
    if who == ANYBODY:
        return httpx.Client(base_url=stack.base, timeout=30)
    if who == WITH_SECOND_FACTOR:
        return _with_second_factor(stack)
    if who == HALF_IN:
        return _half_in(stack)
    return trusted(stack, who).client


def _with_second_factor(stack: Stack) -> httpx.Client:
    person = trusted(stack, WITH_SECOND_FACTOR)
    secret = re.search(r"\b[A-Z2-7]{32}\b", person.look("/tallvik/accounts/2fa/totp/activate/").text)
    assert secret is not None
    code = format_hotp_value(hotp_value(secret[0], int(time.time()) // 30))
    answer = person.post("/tallvik/accounts/2fa/totp/activate/", code=code)
    assert answer.status_code == 302, answer.text
    return person.client


def _half_in(stack: Stack) -> httpx.Client:
    """Somebody with a second factor after the password."""
    client = httpx.Client(base_url=stack.base, timeout=30)
    page = client.get("/tallvik/accounts/login/").text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    sent = {"login": WITH_SECOND_FACTOR, "password": stack.password, "csrfmiddlewaretoken": token[1]}
    answer = client.post("/tallvik/accounts/login/", data=sent)
    assert answer.headers["Location"].endswith("/2fa/authenticate/")
    return client


@pytest.fixture(scope="session")
def known(running: Stack, letter_sink: Sink, clients: Callable[[str], httpx.Client]) -> Known:
    """What the pages of the table are about: ids from the demo's data, links from mails. Each app brings its own."""
    clients(WITH_SECOND_FACTOR)
    clients(HALF_IN)
    found: Known = {}
    for part in functions("known"):
        found |= part(running)
    return found | _newest(running, found["partner"]) | _links(letter_sink)


def _newest(stack: Stack, partner_id: str) -> Known:
    """Of each kind of record, the newest that the people of this partner see."""
    tables = brought("NEWEST").items()
    return {name: str(stack.rows(NEWEST.format(*where), partner_id)[0][0]) for name, where in tables}


def _links(sink: Sink) -> Known:
    """The tokens of the links that were mailed."""
    found: Known = {}
    links = brought("LINKS")

    def arrived() -> bool:
        words = [_all_of(mail) for mail in sink.mails]
        for name, place in links.items():
            if match := next((match for text in words if (match := re.search(place, text))), None):
                found[name] = match[1]
        return len(found) == len(links)

    assert wait_until(arrived, seconds=60), f"of {set(links)} only {set(found)} came by mail"
    return found


def _all_of(mail: EmailMessage) -> str:
    return f"{mail['List-Unsubscribe']}\n{text_of(mail)}"
