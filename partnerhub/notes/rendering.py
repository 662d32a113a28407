"""Markdown as pages show it: read by markdown-it, cleaned by nh3. Nothing in it is loaded from anywhere or runs.

No HTML of the writer's own and no pictures; headings are bold lines, as the page has headings of its own; links say
`nofollow noopener`; a line break stays one. Mails, files and the API have the words as they were typed, so that no link
hides where it leads.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

READ_AT_ONCE: Final = 50_000
"""So many characters of one page are read as Markdown: the worst that can be typed takes 0.05 s for a thousand."""
ALLOWED_TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "a", "code", "pre", "blockquote", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
NOT_READ = ["image", "html_inline", "html_block", "lheading", "reference", "code"]
NESTED = 12  # quotes within quotes, lists within lists


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True, "maxNesting": NESTED})
    reader.enable(["linkify", "strikethrough", "table"]).disable(NOT_READ)
    if reader.linkify:
        reader.linkify.set({"fuzzy_link": False})  # `readme.md` is a file, and no site in Moldova
    for side, tags in (("open", "<p><strong>"), ("close", "</strong></p>")):
        reader.add_render_rule(f"heading_{side}", lambda *_args, tags=tags: tags)
    return reader


MARKDOWN = _reader()


@lru_cache(maxsize=1000)
def rendered(text: str) -> SafeString:
    """The words as HTML, which is safe in any page. The caller has made sure that they are not too many."""
    html = nh3.clean(
        MARKDOWN.render(text),
        tags=ALLOWED_TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener",
    )
    return mark_safe(html)  # noqa: S308 - cleaned by nh3


def rendered_each(texts: Sequence[str]) -> list[SafeString]:
    """The same of all texts of a page, oldest first. Where they are too long together, the oldest stay as typed."""
    left, found = READ_AT_ONCE, []
    for text in reversed(texts):
        left -= len(text)
        found.append(rendered(text) if left >= 0 else mark_safe(linebreaks(text, autoescape=True)))  # noqa: S308
    return found[::-1]
