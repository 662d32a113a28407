"""Markdown as pages show it: read by markdown-it, cleaned by nh3. Nothing in it is loaded from anywhere or runs.

No HTML of the writer's own and no pictures; headings are bold lines, as the page has headings of its own; links say
`nofollow noopener`; a line break stays one. Mails, files and the API have the words as they were typed, so that no link
hides where it leads.
"""

import re
from collections.abc import Sequence
from typing import Final

import nh3
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

READ_AT_ONCE: Final = 20_000
"""So many characters of one page are read as Markdown: the worst that can be typed takes 0.05 s for a thousand."""
# What may be more than words and lines; reading the rest costs 0.3 ms for a message that says nothing else.
MARKED = re.compile(
    r"[\\`*_{}\[\]<>&#|~@\x00-\x09\x0b-\x1f\x7f\xa0]|//|mailto:"
    r"|(?:^|\n)(?:[-+=]|\d+[.)]|[^\S\n])|[^\S\n](?:\n|$)",
    re.IGNORECASE,
)
ALLOWED_TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "a", "code", "pre", "blockquote", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
NOT_READ = ["image", "html_inline", "html_block", "lheading", "reference", "code"]
MENTION = r"(?<![\w@/.])@"
"""A sign that may mention somebody; in an address of mail or of a page it stands within other letters."""
# Signs of our own stand for the mentions while the words are read: no font has them, nobody types them.
STANDS_FOR = re.compile("\ue000(\\d+)\ue001")
OURS = re.compile("[\ue000\ue001]")
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


Marks = Sequence[tuple[str, str]]
"""The mentions in a text, in their order: the name as it was typed, and as the person is called now."""


def rendered(text: str, marks: Marks = ()) -> SafeString:
    """The words as HTML, which is safe in any page. The caller has made sure that they are not too many."""
    return _marked(_read(_signed(text, marks)), marks)


def _signed(text: str, marks: Marks) -> str:
    """The words with a sign of ours for each mention: Markdown neither reads a name nor takes it apart."""
    if not marks:
        return text
    text, parts, at = OURS.sub("", text), [], 0
    for number, (typed, _name) in enumerate(marks):
        if found := re.compile(rf"{MENTION}{re.escape(typed)}(?!\w)").search(text, at):
            parts += [text[at : found.start()], f"\ue000{number}\ue001"]
            at = found.end()
    return "".join([*parts, text[at:]])


def _marked(html: str, marks: Marks) -> SafeString:
    if marks:
        html = STANDS_FOR.sub(lambda sign: f"<mark>@{escape(marks[int(sign[1])][1])}</mark>", html)
    return mark_safe(html)  # noqa: S308 - cleaned before, and the names are escaped


def _read(text: str) -> str:
    if not is_marked(text):
        parts = (part.replace("\n", "<br>\n") for part in re.split(r"\n{2,}", text.strip("\n")))
        return "".join(f"<p>{part}</p>\n" for part in parts)  # no sign of HTML is in it
    return nh3.clean(
        MARKDOWN.render(text),
        tags=ALLOWED_TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener",
    )


def is_marked(text: str) -> bool:
    """Whether the words may be more than paragraphs of lines."""
    return not text.strip() or bool(MARKED.search(text))


def rendered_each(texts: Sequence[str], marks: Sequence[Marks] = ()) -> list[SafeString]:
    """The same of all texts of a page, oldest first. Where they are too long together, the oldest stay as typed."""
    left, found = READ_AT_ONCE, []
    for text, within in zip(reversed(texts), reversed(marks or [()] * len(texts)), strict=True):
        left -= len(text) if is_marked(text) else 0
        as_typed = left < 0
        html = linebreaks(_signed(text, within), autoescape=True) if as_typed else _read(_signed(text, within))
        found.append(_marked(html, within))
    return found[::-1]
