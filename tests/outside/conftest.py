"""The portal from the outside: who is signed in, and what there is to look at.

It is a portal of its own: what is done here to its people and leads meets no other test.
"""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import httpx
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Browser, BrowserContext, Page

from partnerhub.accounts.selectors import VENDOR_SIDE
from partnerhub.embedded.processes import wait_until
from tests.notifications.sink import Sink, text_of
from tests.outside.pages import (
    ADMIN,
    ANYBODY,
    ASKER,
    HALF_IN,
    PROGRAMME_ADMIN,
    WIDE,
    WITH_SECOND_FACTOR,
)
from tests.running import mail_server, portal
from tests.stack import MANAGER, SELLER, TOKEN, Person, Stack, form

LEADS = """
SELECT DISTINCT ON (l.status, l.sales_support) l.status, l.sales_support, l.id
FROM leads_lead l JOIN accounts_membership m ON m.id = l.submitted_by_id JOIN accounts_user u ON u.id = m.user_id
JOIN tenancy_tenant t ON t.id = l.tenant_id
WHERE u.email = %s AND t.slug = 'tallvik' ORDER BY l.status, l.sales_support, l.number
"""
LAST_AWARDED = """
SELECT l.id FROM leads_lead l JOIN accounts_membership m ON m.id = l.submitted_by_id
JOIN accounts_user u ON u.id = m.user_id JOIN tenancy_tenant t ON t.id = l.tenant_id
WHERE u.email = %s AND t.slug = 'tallvik' AND l.status = 'awarded' ORDER BY l.number DESC LIMIT 1
"""
NEWEST = """
SELECT id FROM {} WHERE partner_id = (SELECT partner_id FROM leads_lead WHERE id = %s) {} ORDER BY id DESC LIMIT 1
"""
OF_PARTNER = {
    "member": ("accounts_membership", "AND roles = '{referrals-user}'"),
    "event": ("events_event", "AND kind = 'access.requested'"),
    "file": ("notes_attachment", ""),
    "company": ("deals_company", ""),
    "contact": ("deals_contact", ""),
    "mail": ("notifications_message", ""),
}
LINKS = {
    "invitation": r"/welcome/([^/\s>]+)/",
    "confirmation": r"/settings/communication/confirm/([^/\s>]+)/",
    "reset": r"/password/reset/key/([^/\s>]+)/",
    "unsubscribe": r"/unsubscribe/([^/\s>]+)/",
}
OWN_FIELD = (
    "SELECT f.program_id, f.id FROM leads_ownfield f JOIN leads_lead l ON l.program_id = f.program_id WHERE l.id = %s"
)
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
    """The browser of this person, signed in once for all tests."""
    signed_in: dict[str, httpx.Client] = {}

    def of(who: str) -> httpx.Client:
        if who not in signed_in:
            signed_in[who] = _client(running, who)
        return signed_in[who]

    yield of
    for client in signed_in.values():
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


def _client(stack: Stack, who: str) -> httpx.Client:
    if who == ANYBODY:
        return httpx.Client(base_url=stack.base, timeout=30)
    if who == WITH_SECOND_FACTOR:
        return _with_second_factor(stack)
    if who == HALF_IN:
        return _half_in(stack)
    return _trusted(stack, who).client


def _trusted(stack: Stack, who: str) -> Person:
    """Somebody who has just typed the password once more, so that every page opens."""
    person = Person(stack, who)
    person.look("/tallvik/accounts/reauthenticate/")
    assert person.post("/tallvik/accounts/reauthenticate/", password=stack.password).status_code == 302
    return person


def _with_second_factor(stack: Stack) -> httpx.Client:
    person = _trusted(stack, WITH_SECOND_FACTOR)
    secret = re.search(r"\b[A-Z2-7]{32}\b", person.look("/tallvik/accounts/2fa/totp/activate/").text)
    assert secret is not None
    code = format_hotp_value(hotp_value(secret[0], next(iter(yield_hotp_counters_from_time()))))
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
    """What the pages of the table are about: ids from the demo's data, links from mails."""
    clients(WITH_SECOND_FACTOR)
    clients(HALF_IN)
    seller = Person(running, SELLER)
    found = _leads(running) | {"draft": _draft(seller), "asked": _access_request(running)}
    found |= {"token": _token(running)}
    _write(seller, found["submitted"])
    _question(running, found["questioned"])
    _send_letters(running, seller)
    return found | _ids(running, found["submitted"]) | _links(letter_sink)


def _ids(stack: Stack, lead_id: str) -> Known:
    """Of each kind of record, the newest that these people see, and the lead's program with an own field."""
    program, own_field = map(str, stack.rows(OWN_FIELD, lead_id)[0])
    newest = {name: str(stack.rows(NEWEST.format(*where), lead_id)[0][0]) for name, where in OF_PARTNER.items()}
    partner = str(stack.rows("SELECT partner_id FROM leads_lead WHERE id = %s", lead_id)[0][0])
    return newest | {"program": program, "own_field": own_field, "partner": partner}


def _links(sink: Sink) -> Known:
    """The tokens of the links that were mailed."""
    found: Known = {}

    def arrived() -> bool:
        words = [_all_of(mail) for mail in sink.mails]
        for name, place in LINKS.items():
            if match := next((match for text in words if (match := re.search(place, text))), None):
                found[name] = match[1]
        return len(found) == len(LINKS)

    assert wait_until(arrived, seconds=60), f"of {set(LINKS)} only {set(found)} came by mail"
    return found


def _all_of(mail: EmailMessage) -> str:
    return f"{mail['List-Unsubscribe']}\n{text_of(mail)}"


def _leads(stack: Stack) -> Known:
    rows = stack.rows(LEADS, SELLER)
    found = {status: str(lead_id) for status, _support, lead_id in rows}
    for name, support in (("alone", False), ("submitted", True)):
        found[name] = next(str(row[2]) for row in rows if row[:2] == ("submitted", support))
    found["questioned"] = str(stack.rows(LAST_AWARDED, SELLER)[0][0])
    return found


def _draft(seller: Person) -> str:
    lead_id = str(uuid4())
    answer = seller.post("/tallvik/leads/new/pos/", **form(lead_id, "A draft"), save_draft="1")
    assert answer.status_code == 303, answer.text
    return lead_id


def _access_request(stack: Stack) -> str:
    asker = Person(stack, ASKER)
    sent = {"role": "referrals-user", "message": "I stand in for Rasmus.", "page": "/leads/"}
    asker.post("/tallvik/access-requests/", **sent)
    newest = "SELECT id FROM accounts_accessrequest WHERE status = 'open' ORDER BY id DESC LIMIT 1"
    return str(stack.rows(newest)[0][0])


def _token(stack: Stack) -> str:
    """A token of the partner's Account admin, who has just typed the password once more."""
    admin = _trusted(stack, ADMIN)
    own = re.search(
        r'name="membership".*?value="([0-9a-f-]{36})"', admin.look("/tallvik/settings/tokens/new/").text, re.DOTALL
    )
    assert own is not None
    sent = {"name": "CRM sync", "membership": own[1], "scopes": "members.view", "days": "30", "id": str(uuid4())}
    assert admin.post("/tallvik/settings/tokens/new/", **sent).status_code == 200
    return str(stack.rows("SELECT id FROM accounts_apitoken ORDER BY id DESC LIMIT 1")[0][0])


def _write(seller: Person, lead_id: str) -> None:
    """A message with a file."""
    sent = {"csrfmiddlewaretoken": seller.token, "body": "A word about the tills."}
    file = {"files": ("paper.txt", b"Seven tills.", "text/plain")}
    answer = seller.client.post(f"/tallvik/leads/{lead_id}/messages/", data=sent, files=file)
    assert answer.status_code == 302, answer.text


def _question(stack: Stack, lead_id: str) -> None:
    """A channel manager asks to take this award back; another one has to decide."""
    manager = Person(stack, MANAGER)
    address = f"/tallvik/leads/{lead_id}/question-award/"
    version = re.search(r'name="version" value="(\d+)"', manager.look(address).text)
    assert version is not None
    assert manager.post(address, version=version[1], text="Was it paid twice?").status_code == 302


def _send_letters(stack: Stack, seller: Person) -> None:
    """An invitation, the confirmation of an address, a new password."""
    programme = Person(stack, PROGRAMME_ADMIN)
    sent = {"email": "new.person@nordwind.example.org", "name": "New Person", "organisation": VENDOR_SIDE}
    answer = programme.post("/tallvik/settings/users/invite/", **sent, roles="finance")
    assert answer.status_code == 302, answer.text
    page = "/tallvik/settings/communication/"
    seen = re.search(r'name="version" value="(\d+)"', seller.look(page).text)
    assert seen is not None
    answer = seller.post(page, preferred_email="leads@nordwind.example.org", version=seen[1])
    assert answer.status_code == 302, answer.text
    client = httpx.Client(base_url=stack.base, timeout=30)
    token = TOKEN.search(client.get("/tallvik/accounts/password/reset/").text)
    assert token is not None
    asked = {"email": ADMIN, "csrfmiddlewaretoken": token[1] or token[2]}
    assert client.post("/tallvik/accounts/password/reset/", data=asked).status_code == 302
