"""Every page in a real browser: axe-core, the console, other origins, narrow screens, and what every page has."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import get_resolver
from playwright.sync_api import Browser, Page

from tests.architecture.test_addresses import patterns
from tests.outside.pages import ANYBODY, NO_PAGE, PAGES, VISITS, Visit
from tests.stack import Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("portal")]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SETTINGS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 720}
HAS = """() => {
    const found = [], html = document.documentElement, main = document.querySelectorAll("main");
    const h1 = [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility());
    if (h1.length !== 1) found.push(`${h1.length} h1`);
    if (!document.title.trim() || document.title.trim().startsWith("·")) found.push(`title "${document.title}"`);
    if (!html.lang) found.push("no lang");
    if (main.length !== 1) found.push(`${main.length} main`);
    return found;
}"""


def pages_of_the_portal() -> set[str]:
    """What can be asked for with GET, but for the operators' site, which is Django's, and the API."""
    found = set()
    for address, entry in patterns(get_resolver()):
        view = getattr(entry.callback, "view_class", None) or getattr(entry.callback, "cls", None)
        reads = view is None or (hasattr(view, "get") and "get" in view.http_method_names)
        if reads and not address.startswith(("admin/", "api/v1/")):
            found.add(address)
    return found


def test_every_page_is_in_the_table() -> None:
    assert pages_of_the_portal() == set(PAGES) | set(NO_PAGE)


class Walk:
    """One person's browser; `troubles` is what it found."""

    def __init__(self, stack: Stack, browser: Browser, client: httpx.Client) -> None:
        self.base = stack.base
        self.troubles: list[str] = []
        self.context = browser.new_context(locale="en-GB", viewport=WIDE, reduced_motion="reduce")
        cookies = [{"name": one.name, "value": one.value or "", "url": stack.base} for one in client.cookies.jar]
        self.context.add_cookies(cookies)
        self.page = self.context.new_page()
        self.heard: list[str] = []
        self.page.on("console", lambda said: self.heard.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))
        self.page.on("request", lambda sent: self.listen(sent.url))

    def listen(self, url: str) -> None:
        if not url.startswith((self.base, "data:", "blob:")):
            self.heard.append(f"asks for {url}")

    def visit(self, visit: Visit, path: str) -> None:
        self.heard.clear()
        self.page.set_viewport_size(WIDE)
        self.page.emulate_media(color_scheme="light")
        answer = self.page.goto(f"{self.base}/tallvik/{path}", wait_until="load")
        assert answer is not None
        if self.page.locator("script[src*='portal.']").count():
            self.page.wait_for_selector("html[data-started]", state="attached")
        found = [] if answer.status == visit.status else [f"status {answer.status}"]
        if not visit.moves and urlsplit(self.page.url).path != f"/tallvik/{path}".partition("?")[0]:
            found.append(f"leads to {self.page.url}")
        found += self.page.evaluate(HAS)
        found += self.ask_axe("light")
        self.page.emulate_media(color_scheme="dark")
        found += self.ask_axe("dark")
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(NARROW)
        found += self.ask_axe("narrow")
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW["width"]:
            found.append(f"{width} px wide at 320 px: {widest(self.page)}")
        expected = f"status of {visit.status} "
        found += [f"console: {said}" for said in self.heard if visit.status < 400 or expected not in said]
        self.troubles += [f"{visit}: {trouble}" for trouble in found]

    def ask_axe(self, state: str) -> list[str]:
        violations = Axe().run(self.page, options=SETTINGS).response["violations"]
        return [f"axe {state}: {one['id']} {node['html'][:160]}" for one in violations for node in one["nodes"][:3]]


def widest(page: Page) -> str:
    return str(
        page.evaluate(
            "[...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > innerWidth)"
            ".slice(0, 3).map((one) => one.outerHTML.slice(0, 100)).join(' | ')"
        )
    )


@pytest.fixture
def walk_as(
    running: Stack, browser: Browser, clients: Callable[[str], httpx.Client]
) -> Iterator[Callable[[str], Walk]]:
    walks: list[Walk] = []

    def begin(who: str) -> Walk:
        client = httpx.Client() if who == ANYBODY else clients(who)
        walks.append(Walk(running, browser, client))
        return walks[-1]

    yield begin
    for walk in walks:
        walk.context.close()


@pytest.mark.parametrize("who", list(dict.fromkeys(visit.who for visit in VISITS)))
def test_every_page_is_in_order(who: str, walk_as: Callable[[str], Walk], known: dict[str, str]) -> None:
    walk = walk_as(who)
    for visit in VISITS:
        if visit.who == who:
            walk.visit(visit, visit.path.format(**known))
    assert not walk.troubles, "\n" + "\n".join(walk.troubles)


def test_menus_drawers_and_mistakes_are_in_order(walk_as: Callable[[str], Walk]) -> None:
    """States that a person brings about: the open drawer, menus, and a form that was refused."""
    walk = walk_as("maren.feddersen@nordwind.example.org")
    page = walk.page
    page.goto(f"{walk.base}/tallvik/leads/new/pos/")
    page.get_by_role("button", name="Submit", exact=True).click()
    page.wait_for_function("document.title.startsWith('Error')")
    found = walk.ask_axe("refused form")
    for name in (re.compile("your account"), re.compile("switch organisation"), "Language"):
        page.get_by_role("button", name=name).click()
        page.locator(".menu:popover-open").wait_for()
        found += walk.ask_axe(f"menu {name}")
        page.keyboard.press("Escape")
    page.set_viewport_size(NARROW)
    page.get_by_role("button", name="Open navigation").click()
    found += walk.ask_axe("drawer")
    assert found == []
