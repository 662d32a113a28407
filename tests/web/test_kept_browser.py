"""Two tabs, a session that ends, a server that fails, Back: in a real browser on the running portal."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from partnerhub.embedded.processes import wait_until
from tests.browser import holds, started
from tests.stack import MANAGER, SELLER, Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("portal")]

TEXT = "The tills are from 2019, and the cellar floods."
NEEDED = {
    "Company": "Wollkontor Elbufer GmbH",
    "Website": "wollkontor-elbufer.example",
    "First name": "Friederike",
    "Last name": "Osterkamp",
    "Email": "f.osterkamp@wollkontor-elbufer.example",
}
SAVED = re.compile(r"Draft saved at \d\d:\d\d")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="en-GB")
    yield made
    made.close()


@pytest.fixture
def sign_in(stack: Stack, context: BrowserContext) -> Callable[..., Page]:
    """A tab in which this person is signed in, at home or where the sign-in leads to."""

    def enter(email: str = SELLER, page: Page | None = None) -> Page:
        page = page or context.new_page()
        if "/accounts/login/" not in page.url:
            page.goto(f"{stack.base}/tallvik/accounts/login/")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password", exact=True).fill(stack.password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "/accounts/" not in url)
        started(page)
        return page

    return enter


@pytest.fixture
def lead(sign_in: Callable[..., Page], stack: Stack) -> str:
    """The address of a lead that the seller may write on."""
    page = sign_in()
    page.goto(f"{stack.base}/tallvik/leads/")
    path = page.locator("tbody th a").first.get_attribute("href")
    page.close()
    page.context.clear_cookies()
    return f"{stack.base}{path}"


def end_session(context: BrowserContext) -> None:
    context.clear_cookies(name="session")


def fill_lead(page: Page, company: str) -> None:
    for label, value in (NEEDED | {"Company": company}).items():
        page.get_by_label(label, exact=True).fill(value)
    page.locator("[name=country]").select_option("DE")
    page.locator("[name=locations]").fill("2")
    for name in ("consent", "terms"):
        page.locator(f"[name={name}]").check()


# (a) a repetition


def test_a_second_tab_with_other_answers_loses_nothing(
    sign_in: Callable[..., Page], context: BrowserContext, stack: Stack
) -> None:
    first = sign_in()
    first.goto(f"{stack.base}/tallvik/leads/new/pos/")
    fill_lead(started(first), "Erster Laden")
    expect(first.locator("[data-saved]")).to_have_text(SAVED)
    second = context.new_page()
    second.goto(first.url)
    started(second)
    first.get_by_role("button", name="Submit", exact=True).click()
    expect(first).to_have_url(re.compile(r"/leads/[0-9a-f-]{36}/$"))
    expect(first.locator(".head")).to_contain_text(re.compile(r"L-\d+"))
    number = re.search(r"L-\d+", first.locator(".head").inner_text())
    assert number
    second.get_by_label("Company", exact=True).fill("Zweiter Laden")
    second.get_by_label("Website", exact=True).fill("zweiter-laden.example")  # another business: one is submitted once
    second.get_by_label("Email", exact=True).fill("f.osterkamp@zweiter-laden.example")
    expect(second.locator("[data-saved]")).to_contain_text("submitted already")
    second.locator("[name=consent]").check()
    second.get_by_role("button", name="Submit", exact=True).click()
    notice = second.locator(".differs")
    expect(notice).to_contain_text(f"This form was already submitted as {number[0]}, with other answers")
    expect(notice.get_by_role("row", name="Company")).to_contain_text("Zweiter Laden")
    expect(started(second).get_by_label("Company", exact=True)).to_have_value("Zweiter Laden")
    second.get_by_role("button", name="Submit", exact=True).click()
    expect(second.locator("h1")).to_have_text("Zweiter Laden")


# (b) the version that was seen


def test_autosave_of_an_old_tab_stops_and_asks(
    sign_in: Callable[..., Page], context: BrowserContext, stack: Stack
) -> None:
    first = sign_in()
    first.goto(f"{stack.base}/tallvik/leads/new/pos/")
    started(first).get_by_label("Company", exact=True).fill("Laden")
    expect(first.locator("[data-saved]")).to_have_text(SAVED)
    second = context.new_page()
    second.goto(first.url)
    started(second).get_by_label("Company", exact=True).fill("Laden am Deich")
    expect(second.locator("[data-saved]")).to_have_text(SAVED)
    version = "#lead-form [name=version]"
    expect(second.locator(version)).not_to_have_value(first.locator(version).input_value())
    first.get_by_label("Postcode").fill("20457")
    expect(first.locator("[data-saved]")).to_contain_text("Not saved: this draft was saved elsewhere")
    expect(first.locator("#draft-changed").get_by_role("row", name="Company")).to_contain_text("Laden am Deich")
    first.get_by_role("button", name="Keep mine").click()
    expect(first.locator("[data-saved]")).to_have_text(SAVED)
    expect(first.locator("#draft-changed")).to_have_count(0)
    second.get_by_label("Postcode").fill("20459")
    second.get_by_role("link", name="Take theirs").click()
    expect(started(second).get_by_label("Postcode")).to_have_value("20457")
    expect(second.get_by_label("Company", exact=True)).to_have_value("Laden")


# (c) a session, a network or a server that is gone


def test_a_message_outlives_the_session(sign_in: Callable[..., Page], context: BrowserContext, lead: str) -> None:
    page = sign_in()
    page.goto(lead)
    started(page).locator("#message-body").fill(TEXT)
    end_session(context)
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_text("what you typed is kept for an hour")).to_be_visible()
    sign_in(page=page)
    expect(page).to_have_url(lead)
    expect(page.locator("#message-body")).to_have_value(TEXT)
    expect(page.locator(".kept-line")).to_contain_text("We kept what you typed.")
    expect(page.locator("[data-typed]")).to_have_count(0)
    page.get_by_role("button", name="Send message").click()
    expect(page.locator(".thread")).to_contain_text(TEXT)
    expect(started(page).locator("#message-body")).to_have_value("")
    page.reload()
    expect(started(page).locator("#message-body")).to_have_value("")


def test_it_comes_back_when_the_page_is_opened_again(sign_in: Callable[..., Page], lead: str) -> None:
    page = sign_in()
    page.goto(lead)
    started(page).locator("#message-body").fill(TEXT)
    page.goto("about:blank")
    page.goto(lead)
    expect(started(page).locator("#message-body")).to_have_value(TEXT)
    page.get_by_role("button", name="Start over").click()
    expect(page.locator("#message-body")).to_have_value("")
    page.reload()
    expect(started(page).locator("#message-body")).to_have_value("")


@pytest.mark.parametrize("status", [0, 403, 429, 500, 503])
def test_a_message_outlives_a_failure_and_back(sign_in: Callable[..., Page], lead: str, status: int) -> None:
    page = sign_in()
    page.goto(lead)
    started(page).locator("#message-body").fill(TEXT)

    def fail(route: Route) -> None:
        if status:
            route.fulfill(status=status, body="<!doctype html><p>Failed.</p>", content_type="text/html")
        else:
            route.abort()

    page.route("**/messages/", fail)
    with page.expect_event("response" if status else "requestfailed"):
        page.get_by_role("button", name="Send message").click()
    page.unroute("**/messages/")
    page.goto(lead)
    expect(started(page).locator("#message-body")).to_have_value(TEXT)
    page.get_by_role("button", name="Start over").click()


def test_nobody_else_is_shown_it_and_signing_out_forgets_it(
    sign_in: Callable[..., Page], context: BrowserContext, lead: str
) -> None:
    page = sign_in()
    page.goto(lead)
    started(page).locator("#message-body").fill(TEXT)
    end_session(context)
    page.goto(lead)
    sign_in(MANAGER, page)
    expect(page).to_have_url(lead)
    expect(page.locator("#message-body")).to_have_value("")
    holds(page, "text => !JSON.stringify(sessionStorage).includes(text)", TEXT)
    page.locator("#message-body").fill(TEXT)
    page.locator("[popovertarget=me]").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    holds(page, "text => !JSON.stringify(sessionStorage).includes(text)", TEXT)


def test_no_password_is_kept(sign_in: Callable[..., Page], stack: Stack) -> None:
    page = sign_in()
    page.goto(f"{stack.base}/tallvik/accounts/password/change/")
    started(page)
    for field in page.locator("input[type=password]").all():
        field.fill("hunter22-hunter22")
    holds(page, "!JSON.stringify(sessionStorage).includes('hunter22')")


def test_who_is_not_signed_in_finds_what_was_refused_and_no_secret(context: BrowserContext, stack: Stack) -> None:
    """The token of the form is gone with its cookie: the form is refused as a whole, and its page asked for again."""
    page, sign_in = context.new_page(), f"{stack.base}/tallvik/accounts/login/"
    page.goto(sign_in)
    started(page)
    page.get_by_label("Email").fill("jette.ahlers@example.org")
    holds(page, "!JSON.stringify(sessionStorage).includes('jette')")  # not sent, so not kept
    page.get_by_label("Password", exact=True).fill("hunter22-hunter22")
    context.clear_cookies()
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_label("Password", exact=True)).to_have_count(0)
    page.goto(sign_in)
    expect(page.get_by_label("Email")).to_have_value("jette.ahlers@example.org")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    holds(page, "!JSON.stringify(sessionStorage).includes('hunter22')")


# (e) the last second


def is_a_draft(page: Page, stack: Stack, company: str) -> bool:
    """Whether it is in the list of drafts before long: the browser sends it while it leaves the page."""
    page.goto(f"{stack.base}/tallvik/leads/drafts/")
    drafts = page.get_by_role("rowheader", name=company)
    return wait_until(lambda: bool(page.reload()) and drafts.count() == 1, seconds=90)


def test_what_was_typed_in_the_last_second_is_saved_when_submit_fails(
    sign_in: Callable[..., Page], stack: Stack
) -> None:
    page = sign_in()
    page.goto(f"{stack.base}/tallvik/leads/new/pos/")
    page.route("**/leads/new/pos/", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    started(page).get_by_label("Company", exact=True).fill("Laden der letzten Sekunde")
    with page.expect_event("requestfailed", lambda request: request.method == "POST"):
        page.get_by_role("button", name="Submit", exact=True).click()
    other = page.context.new_page()  # in the first one the browser says that it failed
    assert is_a_draft(other, stack, "Laden der letzten Sekunde")


def test_what_was_typed_in_the_last_second_is_saved_when_one_leaves(sign_in: Callable[..., Page], stack: Stack) -> None:
    page = sign_in()
    page.goto(f"{stack.base}/tallvik/leads/new/pos/")
    started(page).get_by_label("Company", exact=True).fill("Laden beim Weggehen")
    assert is_a_draft(page, stack, "Laden beim Weggehen")
