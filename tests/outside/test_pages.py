"""Every page in a real browser: axe-core, the console, other origins, narrow screens, paper, what every page has."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import get_resolver
from playwright.sync_api import Page, Response

from tests.architecture.test_addresses import patterns
from tests.outside.pages import (
    HALF_IN,
    NARROW,
    NO_PAGE,
    PAGES,
    PROGRAMME_ADMIN,
    VISITS,
    WIDE,
    WITH_SECOND_FACTOR,
    Visit,
)
from tests.outside.paper import lost_on_paper
from tests.stack import MANAGER, Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.xdist_group("outside")]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
# The theme changes nothing but colours. They take most of the time: on a narrow screen, only where it shows more.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
COLOURS = {"runOnly": {"type": "rule", "values": OF_COLOURS}, "resultTypes": ["violations"]}
ALL_BUT_COLOURS = {**EVERYTHING, "rules": {rule: {"enabled": False} for rule in OF_COLOURS}}
REMEMBER_WHAT_IS_SEEN = """() => {
    window.seenWide = new Set([...document.querySelectorAll("body *")].filter((one) => one.checkVisibility()));
}"""
NEWLY_SEEN = """[...document.querySelectorAll("body *")].filter(
    (one) => one.checkVisibility() && !window.seenWide.has(one))"""
HAS = """() => {
    const found = [], html = document.documentElement, main = document.querySelectorAll("main");
    const h1 = [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility());
    if (h1.length !== 1) found.push(`${h1.length} h1`);
    if (!document.title.trim() || document.title.trim().startsWith("·")) found.push(`title "${document.title}"`);
    if (!html.lang) found.push("no lang");
    if (main.length !== 1) found.push(`${main.length} main`);
    return found;
}"""
# WCAG 1.4.4: with text at 200 % nothing is cut off and nothing pushes the page aside.
LOST_AT_DOUBLE_SIZE = """() => {
    const html = document.documentElement, found = [], before = parseFloat(getComputedStyle(document.body).fontSize);
    html.style.fontSize = "200%";
    if (parseFloat(getComputedStyle(document.body).fontSize) < 2 * before) found.push("200 %: the text does not grow");
    if (html.scrollWidth > innerWidth) found.push(`200 %: ${html.scrollWidth} px wide`);
    for (const one of document.querySelectorAll("h1, h2, h3, a, button, label, td, th, dd, p, li, .status, .tag")) {
        const { overflowX, overflowY } = getComputedStyle(one);
        const wide = overflowX === "hidden" && one.scrollWidth > one.clientWidth + 1;
        const high = overflowY === "hidden" && one.scrollHeight > one.clientHeight + 1;
        // The name of a place that is longer than its whole line ends in dots; that place has it in full.
        const isShown = one.checkVisibility() && !one.closest(".hide-text, .crumbs");
        if ((wide || high) && isShown) found.push(`200 %: cuts ${one.outerHTML.slice(0, 120)}`);
    }
    html.style.fontSize = "";
    return found.slice(0, 4);
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

    def __init__(self, stack: Stack, page: Page) -> None:
        self.base, self.live, self.password, self.page = stack.base, stack.live, stack.password, page
        self.troubles: list[str] = []
        self.heard: list[str] = []
        page.on("console", lambda said: self.heard.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.heard.append(str(error)))
        page.on("request", lambda sent: self.listen(sent.url))

    def listen(self, url: str) -> None:
        if not url.startswith((self.base, self.live, "data:", "blob:")):
            self.heard.append(f"asks for {url}")

    def visit(self, visit: Visit, path: str) -> None:
        self.heard.clear()
        self.page.set_viewport_size(WIDE)
        self.page.emulate_media(color_scheme="light")
        answer = self.page.goto(f"{self.base}/tallvik/{path}", wait_until="load")
        if "/accounts/reauthenticate/?next=" in self.page.url:
            answer = self.confirm_password()
        assert answer is not None
        if self.page.locator("script[src*='portal.']").count():
            self.page.wait_for_selector("html[data-started]", state="attached")
        found = [] if answer.status == visit.status else [f"status {answer.status}"]
        if not visit.moves and urlsplit(self.page.url).path != f"/tallvik/{path}".partition("?")[0]:
            found.append(f"leads to {self.page.url}")
        found += self.page.evaluate(HAS)
        found += self.page.evaluate(LOST_AT_DOUBLE_SIZE)
        found += lost_on_paper(self.page)
        self.page.emulate_media(color_scheme="light")
        self.page.evaluate(AXE_SCRIPT)
        found += [f"axe light: {one}" for one in axe_finds(self.page)]
        self.page.evaluate(REMEMBER_WHAT_IS_SEEN)
        self.page.emulate_media(color_scheme="dark")
        found += [f"axe dark: {one}" for one in axe_finds(self.page, COLOURS)]
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(NARROW)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW["width"]:
            found.append(f"{width} px wide at 320 px: {widest(self.page)}")
        found += [f"axe narrow: {one}" for one in axe_finds(self.page, ALL_BUT_COLOURS)]
        found += [f"axe narrow: {one}" for one in axe_finds(self.page, COLOURS, NEWLY_SEEN)]
        expected = f"status of {visit.status} "
        found += [f"console: {said}" for said in self.heard if visit.status < 400 or expected not in said]
        self.troubles += [f"{visit}: {trouble}" for trouble in found]

    def confirm_password(self) -> Response | None:
        """Open a page that wants a recent sign-in, a quarter of an hour after it."""
        self.page.get_by_label("Password").fill(self.password)
        with self.page.expect_navigation(wait_until="load") as opened:
            self.page.get_by_role("button", name="Confirm").click()
        return opened.value


def axe_finds(page: Page, options: Any = EVERYTHING, among: str = "[document.documentElement]") -> list[str]:
    """What axe-core has against the page as it is now, or what of it is `among` these; AXE_SCRIPT has to be in it."""
    run = f"""async (options) => {{
        const include = {among};
        return include.length ? (await axe.run({{ include }}, options)).violations : [];
    }}"""
    violations = page.evaluate(run, options)
    return [f"{one['id']} {node['html'][:160]}" for one in violations for node in one["nodes"][:3]]


def widest(page: Page) -> str:
    return str(
        page.evaluate(
            "[...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > innerWidth)"
            ".slice(0, 3).map((one) => one.outerHTML.slice(0, 100)).join(' | ')"
        )
    )


@pytest.fixture
def walk_as(running: Stack, window_of: Callable[..., Page]) -> Callable[[str], Walk]:
    return lambda who: Walk(running, window_of(who))


AT_ONCE = 50  # visits: a walk ends well before its time is over


def walk_of(who: str, visits: list[Visit], part: int) -> Any:
    """The longest walks but one go beside the others, on a portal of their own."""
    group = [pytest.mark.xdist_group("walks")] if who in {MANAGER, PROGRAMME_ADMIN} else []
    return pytest.param(who, visits, marks=group, id=f"{who} {part}")


def walks() -> list[Any]:
    """Each person's visits; first of those whose half or recent sign-in is over after a quarter of an hour."""
    walkers = sorted({visit.who: None for visit in VISITS}, key=lambda who: who not in {HALF_IN, WITH_SECOND_FACTOR})
    of = {who: [visit for visit in VISITS if visit.who == who] for who in walkers}
    return [
        walk_of(who, visits[start : start + AT_ONCE], start // AT_ONCE + 1)
        for who, visits in of.items()
        for start in range(0, len(visits), AT_ONCE)
    ]


@pytest.mark.parametrize(("who", "visits"), walks())
def test_every_page_is_in_order(
    who: str, visits: list[Visit], walk_as: Callable[[str], Walk], known: dict[str, str]
) -> None:
    walk = walk_as(who)
    for visit in visits:
        walk.visit(visit, visit.path.format(**known))
    assert not walk.troubles, "\n" + "\n".join(walk.troubles)


def test_menus_drawers_and_mistakes_are_in_order(walk_as: Callable[[str], Walk]) -> None:
    """States that a person brings about: the open drawer, menus, and a form that was refused."""
    walk = walk_as("maren.feddersen@nordwind.example.org")
    page = walk.page
    page.goto(f"{walk.base}/tallvik/leads/new/pos/")
    page.get_by_role("button", name="Submit", exact=True).click()
    page.wait_for_function("document.title.startsWith('Error')")
    page.evaluate(AXE_SCRIPT)
    found = axe_finds(page)
    for name in (re.compile("your account"), re.compile("switch organisation"), "Language"):
        page.get_by_role("button", name=name).click()
        page.locator(".menu:popover-open").wait_for()
        found += axe_finds(page)
        page.keyboard.press("Escape")
    page.set_viewport_size(NARROW)
    page.get_by_role("button", name="Open navigation").click()
    found += axe_finds(page)
    assert found == []
