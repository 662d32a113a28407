"""Our scripts and components in a real browser, under the real content security policy.

The pages are drawn from the real templates and handed to the browser without a server: nothing here asks the database.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from mimetypes import guess_type
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from csp.utils import build_policy
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.urls import include, path
from playwright.sync_api import Locator, Page, Route, expect

from partnerhub.accounts.selectors import Recent
from partnerhub.errors import Reason
from partnerhub.portal.navigation import Item, Navigation
from partnerhub.tenancy.models import Tenant
from partnerhub.web.templatetags import constants as drawn_once
from tests.browser import holds, opened, started

HOST = "http://portal.test"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
PAGES = Path(__file__).parent / "pages"
FORM, LIST, QUEUE = (PAGES.joinpath(f"{name}.html").read_text() for name in ("form", "list", "queue"))
FRAME = """{% extends "base.html" %}
{% block title %}Page{% endblock %}
{% block content %}<h1>Page</h1>CONTENT{% endblock %}"""


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _names(app: str, **places: str) -> Any:
    return include(([path(address, _nothing, name=name) for name, address in places.items()], app))


urlpatterns = [
    path("", _names("web", theme="theme/", brand="brand.css")),
    path("", _names("accounts", seats="accounts/seats/", profile="settings/profile/", security="settings/security/")),
    path("", _names("notifications", communication="settings/communication/")),
    path("search/", _nothing, name="search"),
    path("language/", _nothing, name="set_language"),
    path("accounts/login/", _nothing, name="account_login"),
    path("accounts/logout/", _nothing, name="account_logout"),
]

pytestmark = pytest.mark.urls(__name__)


class LeadForm(forms.Form):
    company = forms.CharField(label="Company")
    email = forms.EmailField(label="Email", help_text="Where we write.")
    kind = forms.ChoiceField(label="Kind", widget=forms.RadioSelect, choices=[("a", "One"), ("b", "Other")])
    support = forms.BooleanField(label="Sales support", required=False)
    files = forms.FileField(label="Attachments", required=False)


@dataclass
class Portal:
    """The pages and answers of a portal that exists in the test only."""

    page: Page
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    unknown_style: str = ""  # what this browser's stylesheets do not know
    held: list[Route] | None = None  # where it is a list, our script waits there

    def show(self, content: str, address: str = "/page/", **context: Any) -> Page:
        """Open a page with this content inside the portal's frame."""
        self.answers[address] = {"body": _draw(content, context), "content_type": "text/html; charset=utf-8"}
        return opened(self.page, HOST + address)

    def answer(self, route: Route) -> None:
        address = route.request.url.removeprefix(HOST)
        self.asked.append(f"{route.request.method} {address}")
        name = address.partition("?")[0]
        if name.startswith(settings.STATIC_URL):
            file = Path(settings.STATIC_ROOT) / name.removeprefix(settings.STATIC_URL)
            if self.held is not None and file.name.startswith("portal.") and file.suffix == ".js":
                self.held.append(route)
                return
            body = file.read_bytes()
            if file.suffix == ".css" and self.unknown_style:
                body = body.replace(f"({self.unknown_style}".encode(), b"(unknown")
            route.fulfill(body=body, content_type=guess_type(file.name)[0] or "text/plain")
            return
        answer = self.answers.get(address) or self.answers.get(name) or {"status": 404, "body": ""}
        if answer.get("abort"):
            route.abort()
            return
        route.fulfill(**answer, headers={"Content-Security-Policy": build_policy()})


def _draw(content: str, context: dict[str, Any]) -> str:
    request = RequestFactory().get("/page/")
    request.user = AnonymousUser()
    tenant = Tenant(name="Acme Commerce", portal_word="Partner portal", support_email="help@example.org")
    frame = {
        "tenant": tenant,
        "membership": SimpleNamespace(
            name="Maren Feddersen", partner=SimpleNamespace(name="Nordwind"), roles=["referrals-admin"]
        ),
        "navigation": Navigation(
            (
                ("", (Item("Home", "/", "home", locked=False),)),
                ("Set-up", (Item("Audit log", "/x/", "history", locked=True),)),
            ),
            current="/",
        ),
        "recent_items": [Recent("Hafenkontor", "lead", "/leads/1/")],
        "languages": settings.LANGUAGES,
        "theme": "auto",
        "crumbs": [("Leads", None)],
        "names": ["Hafenkontor", "Wollkontor"],
        "sorts": [{"label": "Newest", "url": "?", "current": True}],
        "sizes": [10, 25],
        "reasons": [Reason("role", "You are a Referrals admin.", ok=True), Reason("x", "A solution is published.")],
    }
    return engines["django"].from_string(FRAME.replace("CONTENT", content)).render(frame | context, request)


@pytest.fixture(scope="session")
def base_url() -> str:
    return HOST


@pytest.fixture
def fresh_parts() -> Iterator[None]:
    """Parts that are drawn once per process hold this module's addresses only while it runs."""
    drawn_once._constant.cache_clear()
    yield
    drawn_once._constant.cache_clear()


@pytest.fixture
def shown(page: Page, fresh_parts: None) -> Iterator[Portal]:
    """A portal; whatever the browser complains about fails the test, the content security policy above all."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    there = Portal(page)
    page.route(f"{HOST}/**", there.answer)
    there.answers["/brand.css"] = {"body": "", "content_type": "text/css"}
    yield there
    assert faults == []


def focus_is_on(part: Locator) -> None:
    expect(part).to_be_focused()


def success(text: str, tags: str = "") -> Message:
    return Message(constants.SUCCESS, text, extra_tags=tags)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize("content", [LIST, FORM, QUEUE], ids=["list", "form", "queue"])
def test_nothing_keeps_anybody_out(shown: Portal, content: str, width: int, scheme: Any) -> None:
    shown.page.emulate_media(color_scheme=scheme)
    shown.page.set_viewport_size({"width": width, "height": 900})
    page = shown.show(content, form=LeadForm({"email": "x@"}), messages=[success("Saved", "undo=/undo/")])
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    holds(page, "width => document.documentElement.scrollWidth <= width", width)


def test_the_theme_changes_at_once_and_is_kept_for_the_server(shown: Portal) -> None:
    page = shown.show("")
    page.get_by_role("button", name="Theme: automatic. Change theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Theme: light. Change theme").click()
    holds(page, "document.cookie.includes('theme=dark')")


def test_a_toast_stays_six_seconds_and_longer_while_pointed_at(shown: Portal) -> None:
    shown.page.clock.install(time=NOON)
    page = shown.show("", messages=[success("Settings saved")])
    page.clock.run_for(1000)
    toast = page.locator(".toast")
    toast.hover()
    page.clock.run_for(10_000)
    expect(toast).to_be_visible()
    page.mouse.move(5, 5)
    page.clock.run_for(5000)
    expect(toast).to_be_visible()
    page.clock.run_for(2000)
    expect(toast).to_have_count(0)


def test_undo_is_a_button_that_posts(shown: Portal) -> None:
    page = shown.show("", messages=[success("Assigned", "undo=/undo/")])
    shown.answers["/undo/"] = {"body": "<p>undone</p>", "content_type": "text/html"}
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("undone")).to_be_visible()
    assert "POST /undo/" in shown.asked


def test_errors_are_never_toasts(shown: Portal) -> None:
    page = shown.show("", messages=[Message(constants.ERROR, "It was taken meanwhile.")])
    expect(page.get_by_role("alert").filter(has_text="It was taken meanwhile.")).to_be_visible()
    expect(page.locator(".toast")).to_have_count(0)


def test_a_disabled_control_says_why_on_focus_and_hover_and_goes_with_escape(shown: Portal) -> None:
    page = shown.show(LIST)
    button, reasons = page.get_by_role("button", name="New deal"), page.get_by_text("A solution is published.")
    expect(button).to_be_disabled()
    page.keyboard.press("Tab")
    button.focus()
    expect(reasons).to_be_visible()
    page.keyboard.press("Escape")
    expect(reasons).to_be_hidden()
    button.hover()
    expect(reasons).to_be_visible()


def test_a_dialog_opens_in_place_and_gives_focus_back(shown: Portal) -> None:
    page = shown.show(LIST)
    opener = page.get_by_text("Withdraw…")
    opener.click()
    expect(page.get_by_role("dialog", name="Withdraw?")).to_be_visible()
    page.get_by_role("button", name="Keep lead").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    focus_is_on(opener)


def test_a_menu_opens_beside_its_button_where_the_browser_cannot_anchor(shown: Portal) -> None:
    shown.unknown_style = "position-area"
    shown.page.add_init_script(
        "const can = CSS.supports; CSS.supports = (...a) => !/position-area/.test(a[0]) && can(...a)"
    )
    page = shown.show(LIST)
    button, menu = page.get_by_role("button", name="your account"), page.locator("#me")
    button.click()
    expect(menu).to_be_visible()
    at, place = button.bounding_box(), menu.bounding_box()
    assert at is not None
    assert place is not None
    assert abs(place["y"] - at["y"] - at["height"]) < 10
    assert place["x"] + place["width"] <= 1280


def test_the_seats_come_when_asked_for(shown: Portal) -> None:
    page = shown.show("")
    shown.answers["/accounts/seats/"] = {"body": '<a href="/other/">Zenit Pay</a>', "content_type": "text/html"}
    page.get_by_role("button", name="Nordwind").click()
    expect(page.get_by_role("link", name="Zenit Pay")).to_be_visible()


def test_chosen_rows_bring_the_bar_and_clearing_takes_it_away(shown: Portal) -> None:
    page = shown.show(LIST)
    page.get_by_label("Select Hafenkontor").check()
    expect(page.locator(".bulk")).to_contain_text("1 selected")
    page.get_by_label("Select all").check()
    expect(page.locator(".bulk")).to_contain_text("2 selected")
    page.get_by_role("button", name="Clear selection").click()
    expect(page.locator(".bulk")).to_be_hidden()
    focus_is_on(page.get_by_label("Select all"))


def test_cards_stay_a_table_for_screen_readers(shown: Portal) -> None:
    shown.page.set_viewport_size({"width": 390, "height": 800})
    page = shown.show(LIST)
    expect(page.get_by_role("table", name="Leads").get_by_role("rowheader", name="Hafenkontor")).to_be_visible()
    expect(page.get_by_role("button", name="Newest")).to_be_visible()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "You were signed out"),
        (403, "You don’t have access"),
        (404, "no longer here"),
        (429, "Too many requests"),
        (500, "Something went wrong"),
    ],
)
def test_a_refused_request_is_told(shown: Portal, status: int, words: str) -> None:
    page = shown.show(LIST)
    shown.answers["/answer/"] = {"status": status, "body": "no", "content_type": "text/html"}
    page.locator("#ask").click()
    expect(page.locator("#trouble")).to_contain_text(words)
    expect(page.locator("#answer")).to_be_empty()


def test_an_old_page_is_told_apart_from_a_missing_right(shown: Portal) -> None:
    page = shown.show(LIST)
    shown.answers["/answer/"] = {"status": 403, "body": '<i data-reason="csrf"></i>', "content_type": "text/html"}
    page.locator("#ask").click()
    expect(page.locator("#trouble")).to_contain_text("open for a long time")


def test_a_lost_connection_is_told_and_tried_again(shown: Portal) -> None:
    page = shown.show(LIST)
    shown.answers["/answer/"] = {"abort": True}
    page.locator("#ask").click()
    expect(page.locator("#trouble")).to_contain_text("could not be reached")
    shown.answers["/answer/"] = {"body": "here", "content_type": "text/html"}
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#answer")).to_have_text("here")
    expect(page.locator("#trouble")).to_be_empty()


def test_the_summary_takes_focus_and_its_links_lead_to_fields(shown: Portal) -> None:
    page = shown.show(FORM, form=LeadForm({"email": "x@"}))
    expect(page).to_have_title(re.compile("^Error: "))
    focus_is_on(page.locator("[data-focus-on-load]"))
    page.get_by_role("link", name="Email: Enter a valid email address.").click()
    focus_is_on(page.get_by_label("Email"))


def test_one_press_sends_once(shown: Portal) -> None:
    page = shown.show(FORM, form=LeadForm())
    shown.answers["/send/"] = {"status": 204}  # a slow answer: the page stays as it is
    button = page.get_by_role("button", name="Submit")
    with page.expect_request(lambda request: request.url == f"{HOST}/send/"):
        button.click()
    expect(button).to_be_disabled()
    expect(button).to_have_attribute("aria-busy", "true")
    page.locator("form.form").evaluate("form => form.requestSubmit()")
    assert shown.asked.count("POST /send/") == 1


def test_a_draft_saves_itself_and_says_when(shown: Portal) -> None:
    shown.page.clock.install(time=NOON)
    page = shown.show(FORM, form=LeadForm())
    shown.answers["/save/"] = {"json": {"saved_at": "13:00", "page_url": "/page/?draft=1", "fields": {"version": "2"}}}
    page.get_by_label("Company").fill("Hafenkontor")
    page.clock.run_for(1100)
    expect(page.locator("[data-saved]")).to_have_text("Draft saved at 13:00")
    expect(page).to_have_url(f"{HOST}/page/?draft=1")
    expect(page.locator("[name=version]")).to_have_value("2")


def test_what_is_typed_outlives_a_session_that_ended(shown: Portal) -> None:
    shown.page.clock.install(time=NOON)
    page = shown.show(FORM, form=LeadForm())
    shown.answers["/save/"] = {"status": 401, "body": ""}
    page.get_by_label("Company").fill("Hafenkontor")
    page.get_by_label("Other").check()
    page.clock.run_for(1100)
    link = page.get_by_role("link", name="Sign in again")
    expect(link).to_have_attribute("href", "/accounts/login/?next=%2Fpage%2F")
    shown.show(FORM, form=LeadForm())
    expect(page.get_by_label("Company")).to_have_value("Hafenkontor")
    expect(page.get_by_label("Other")).to_be_checked()
    expect(page.locator("[data-saved]")).to_contain_text("We put back what you typed")


@pytest.mark.parametrize("part", ["text", "choice", "tick"])
def test_what_is_done_before_the_scripts_are_there_is_kept(shown: Portal, part: str) -> None:
    shown.held = []
    shown.answers["/page/"] = {"body": _draw(FORM, {"form": LeadForm()}), "content_type": "text/html; charset=utf-8"}
    page = shown.page
    page.goto(f"{HOST}/page/", wait_until="commit")
    if part == "text":
        page.get_by_label("Company").fill("Hafenkontor")
    elif part == "choice":
        page.get_by_label("Other").check()
    else:
        page.get_by_label("Sales support").check()
    held, shown.held = shown.held, None
    for route in held:
        shown.answer(route)
    started(page)
    shown.answers["/save/"] = {"json": {"saved_at": "13:00"}}
    expect(page.locator("[data-saved]")).to_have_text("Draft saved at 13:00")


def test_what_was_sent_is_not_put_into_the_next_form(shown: Portal) -> None:
    page = shown.show(FORM, form=LeadForm())
    shown.answers["/send/"] = {"body": _draw("", {}), "content_type": "text/html; charset=utf-8"}
    page.get_by_label("Company").fill("Hafenkontor")
    page.get_by_role("button", name="Submit").click()
    expect(page).to_have_url(f"{HOST}/send/")
    shown.show(FORM, form=LeadForm())
    expect(page.get_by_label("Company")).to_have_value("Hafenkontor")  # nobody said that it was taken
    key = page.locator("form.form").evaluate("form => new FormData(form).get('kept')")
    page.context.add_cookies([{"name": "taken", "value": f"x.{key}", "url": HOST}])
    shown.show(FORM, form=LeadForm())
    expect(page.get_by_label("Company")).to_have_value("")


def test_a_file_over_the_limit_is_said_before_it_is_sent(shown: Portal) -> None:
    page = shown.show(FORM, form=LeadForm())
    page.get_by_label("Attachments").set_input_files(
        {"name": "big.pdf", "mimeType": "application/pdf", "buffer": b"x" * 4096}
    )
    expect(page.get_by_role("alert").filter(has_text="big.pdf is 4 KB; the limit is 2 KB.")).to_be_visible()
    page.get_by_role("button", name="Remove big.pdf").click()
    expect(page.locator("#chosen")).to_be_empty()


def test_single_keys_work_through_a_queue_but_not_in_fields(shown: Portal) -> None:
    page = shown.show(QUEUE)
    page.keyboard.press("j")
    expect(page).to_have_url(f"{HOST}/page/#2")
    page.keyboard.press("x")
    expect(page.get_by_label("Select Wollkontor")).to_be_checked()
    page.get_by_label("Note").press("e")
    expect(page).to_have_url(f"{HOST}/page/#2")
    page.locator("h1").click()
    page.keyboard.press("e")
    expect(page).to_have_url(f"{HOST}/page/#award")


def test_single_keys_can_be_turned_off_for_good(shown: Portal) -> None:
    page = shown.show(QUEUE)
    page.get_by_role("switch").uncheck()
    shown.show(QUEUE)
    expect(page.get_by_role("switch")).not_to_be_checked()
    page.keyboard.press("j")
    expect(page).to_have_url(f"{HOST}/page/")


def test_without_scripts_the_page_says_and_does_the_same(new_context: Callable[..., Any], fresh_parts: None) -> None:
    page = new_context(java_script_enabled=False).new_page()
    there = Portal(page)
    page.route(f"{HOST}/**", there.answer)
    there.answers["/page/"] = {
        "body": _draw(LIST, {"messages": [success("Settings saved")]}),
        "content_type": "text/html; charset=utf-8",
    }
    page.goto(f"{HOST}/page/")
    expect(page.get_by_text("Settings saved")).to_be_visible()
    page.get_by_role("button", name="your account").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Show", exact=True)).to_be_visible()


SENDING = """<form method="post" action="/send/" enctype="multipart/form-data" data-upload>
  <input type="hidden" name="once" value="1"><label>Message <textarea name="body"></textarea></label>
  <label>Files <input type="file" name="files" multiple accept=".txt,.png" data-list="chosen" data-max-bytes="2048"
    data-max-files="3"></label>
  <ul class="files" id="chosen"></ul><button>Send message</button></form>"""
DROPPED = """(name) => {
  const data = new DataTransfer();
  data.items.add(new File(["two floors"], name));
  const form = document.querySelector("[data-upload]");
  const drag = {dataTransfer: data, cancelable: true};
  for (const kind of ["dragover", "drop"]) form.dispatchEvent(new DragEvent(kind, drag));
  form.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, cancelable: true}));
}"""


def test_files_are_told_in_their_place_and_the_others_go(shown: Portal) -> None:
    page, send = shown.show(SENDING), shown.page.get_by_role("button", name="Send message")
    chosen = [("one.txt", b"x"), ("big.txt", b"x" * 4096), ("tool.exe", b"x")]
    page.get_by_label("Files").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": content} for name, content in chosen]
    )
    page.evaluate(DROPPED, "two.txt")  # dropped and pasted, it is one
    files = "names => [...document.querySelector('[data-list]').files].map((file) => file.name).join() === names"
    holds(page, files, "one.txt,two.txt")
    expect(page.get_by_role("alert").filter(has_text="big.txt is 4 KB")).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="tool.exe can’t be attached.")).to_be_visible()
    shown.answers["/send/"] = {"abort": True}
    send.click()
    expect(page.get_by_role("button", name="Try again")).to_be_focused()
    shown.answers["/send/"] = {"status": 422, "json": {"problems": [], "files": {"0": "one.txt is torn."}, "once": "2"}}
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="one.txt is torn.")).to_be_visible()
    holds(page, files, "two.txt")
    shown.answers["/send/"] = {"json": {"url": "/sent/"}}
    shown.answers["/sent/"] = {"body": _draw("", {}), "content_type": "text/html; charset=utf-8"}
    send.click()
    expect(page).to_have_url(f"{HOST}/sent/")
