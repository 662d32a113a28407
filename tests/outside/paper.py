"""What holds of any page on paper: no controls, nothing cut, nothing dark, no word too pale for paper."""

from typing import Any

from playwright.sync_api import Page

A4 = {"width": 672, "height": 1002}  # at 96 dots to the inch, less the margins
A4_ACROSS = {"width": 1002, "height": 672}
LOST_ON_PAPER = """(width) => {
    const found = [], tell = (what, one) => found.push(`paper: ${what} ${one.outerHTML.slice(0, 120)}`)
    const seen = (one) => one.checkVisibility() && one.getClientRects().length && !one.closest(".hide-text")
    const controls = "button, .btn, .chip, nav, [popover], .bar, .side, [type=file], [type=search], [type=submit]"
    for (const one of document.querySelectorAll(controls)) if (seen(one)) tell("control", one)
    const html = document.documentElement
    if (getComputedStyle(document.body).colorScheme !== "light") found.push("paper: dark")
    if (html.scrollWidth > width) found.push(`paper: ${html.scrollWidth} px wide of ${width}`)
    const light = (colour) => parseFloat(/^oklch\\(([\\d.]+)/.exec(colour)?.[1] ?? 0)
        || Math.min(...(/^rgba?\\((.+)\\)/.exec(colour)?.[1].split(/[ ,]+/).slice(0, 3) ?? [0])) / 255
    for (const one of document.querySelectorAll("body *")) {
        if (!seen(one) || one.closest("svg, option")) continue
        const style = getComputedStyle(one)
        const says = [...one.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.textContent.trim())
        if (says && parseFloat(style.fontSize) && light(style.color) > 0.7) tell(`pale ${style.color}`, one)
        if (["fixed", "sticky"].includes(style.position)) tell(style.position, one)
        const cut = (flow, all, shown) => flow !== "visible" && all > shown + 1
        if (style.display !== "inline" && (cut(style.overflowX, one.scrollWidth, one.clientWidth)
            || cut(style.overflowY, one.scrollHeight, one.clientHeight))) tell("cut", one)
    }
    return found.slice(0, 5)
}"""


def lost_on_paper(page: Page) -> Any:
    """What is wrong with the page on a sheet of A4: upright, or across where it has a wide table."""
    size = A4_ACROSS if page.locator("body:has(.sheet:not(.upright))").count() else A4
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size(size)
    found = page.evaluate(LOST_ON_PAPER, size["width"])
    page.emulate_media(media="screen")
    return found
