"""On paper, in forced colours, and while the page comes in: nothing is lost and nothing jumps."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import holds, opened
from tests.outside.pages import NARROW, WIDE
from tests.outside.paper import lost_on_paper
from tests.stack import MANAGER, SELLER

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("outside")]

MEDIA_BOX = re.compile(rb"/MediaBox \[0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)\]")
SHIFTS = """() => new Promise((tell) => {
    const seen = [];
    const watch = new PerformanceObserver((list) => seen.push(...list.getEntries()));
    watch.observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => setTimeout(() => tell(seen.map(({ value, sources }) =>
        ({ value, parts: sources.map(({ node }) => node?.outerHTML?.slice(0, 80)) }))), 100));
})"""
# A table widens its columns as its rows arrive, the more the more often it is drawn; 0.1 is what Web Vitals call good.
MOST_SHIFT = 0.02
# What a person fills in or presses has an edge, its own or its box's, where the system paints over all backgrounds.
WITHOUT_EDGE = """() => [...document.querySelectorAll("main :is(.btn:not(.plain), .chip, select, textarea, input)")]
    .filter((one) => one.checkVisibility() && !["checkbox", "radio", "file", "hidden"].includes(one.type))
    .filter((one) => [one, one.closest(".search, .composer") ?? one]
        .every((edge) => parseFloat(getComputedStyle(edge).borderTopWidth) < 1))
    .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def lead_of_seller(known: dict[str, str]) -> str:
    return f"/tallvik/leads/{known['submitted']}/"


def on_paper(page: Page, path: str) -> None:
    """Open the page and look at it as print has it; what holds of any page there is asked of each (test_pages)."""
    opened(page, path)
    assert lost_on_paper(page) == []
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("input, select, textarea").locator("visible=true")).to_have_count(0)


@pytest.mark.parametrize("who", [SELLER, MANAGER])
def test_the_list_on_paper_is_its_table_across_the_sheet(window_of: Callable[..., Page], who: str) -> None:
    page = window_of(who)
    on_paper(page, "/tallvik/leads/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("table", name="Submitted leads")).to_have_css("display", "table")
    for column in ("Company", "Updated"):
        expect(page.get_by_role("columnheader", name=column)).to_be_visible()
    sheet = MEDIA_BOX.search(page.pdf(prefer_css_page_size=True))
    assert sheet
    assert float(sheet["width"]) > float(sheet["height"])


def test_a_lead_on_paper_spells_its_links(window_of: Callable[..., Page], lead_of_seller: str) -> None:
    page = window_of(SELLER)
    on_paper(page, lead_of_seller)
    for region in ("Status", "What you submitted", "Timeline"):
        expect(page.get_by_role("region", name=region, exact=True)).to_be_visible()
    links = page.get_by_role("main").locator("a[href^=http]").all()
    assert links
    for link in links:
        spelled = link.inner_text() + str(link.evaluate("link => getComputedStyle(link, '::after').content"))
        address = str(link.get_attribute("href"))
        assert address in spelled


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize(("who", "path"), [(SELLER, "leads/"), (SELLER, "leads/new/pos/"), (MANAGER, "triage/")])
def test_nothing_jumps_while_the_page_comes_in(
    window_of: Callable[..., Page], who: str, path: str, size: dict[str, int]
) -> None:
    """On a machine an eighth as fast, which draws the page before all of it has been read."""
    page = window_of(who, viewport=size)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 8})
    opened(page, f"/tallvik/{path}")
    shifts = page.evaluate(SHIFTS)
    assert sum(one["value"] for one in shifts) <= MOST_SHIFT, shifts


@pytest.mark.parametrize(("who", "path"), [(SELLER, "leads/"), (SELLER, "leads/new/pos/"), (MANAGER, "triage/")])
def test_controls_keep_their_edges_in_forced_colours(window_of: Callable[..., Page], who: str, path: str) -> None:
    page = window_of(who, forced_colors="active")
    opened(page, f"/tallvik/{path}")
    found = page.evaluate(WITHOUT_EDGE)
    assert found == []
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    holds(page, "getComputedStyle(document.activeElement).outlineStyle !== 'none'")
