"""What a record's page says of it, declared as the columns of its list are: facts, and the line under its title."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from partnerhub.web.lists.cells import NO_CELL, Cell, Look


@dataclass(frozen=True, eq=False)
class Fact:
    """Something known of a record: a label, and a typed cell.

    `side`: the only side that has it; empty: both. An empty one is left out, unless it `always` stands there. In the
    line under a title the label may be a sentence with a placeholder for the value, and needs no cell.
    """

    label: str | Promise
    cell: Cell = NO_CELL
    side: str = ""
    always: bool = False

    def html(self, record: object, look: Look) -> str | None:
        """What stands in its cell; None where nothing of it is shown."""
        if self.side not in {"", look.membership.side}:
            return None
        if self.cell is NO_CELL:
            return ""
        is_empty = self.cell.value(look)(record) in (None, "")
        return None if is_empty and not self.always else self.cell.html(look)(record)


def facts_markup(facts: Iterable[Fact], record: object, look: Look) -> SafeString:
    """The inside of `<dl class="facts">`."""
    shown = [(fact.label, html) for fact in facts if (html := fact.html(record, look)) is not None]
    rows = [f"<div><dt>{escape(str(label))}</dt><dd{_lines(html)}>{html}</dd></div>" for label, html in shown]
    return mark_safe("".join(rows))  # noqa: S308 - labels are escaped here, values by their cells


def _lines(html: str) -> str:
    """What somebody wrote in several lines keeps them."""
    return ' class="prose"' if "\n" in html else ""


def line_markup(facts: Iterable[Fact], record: object, look: Look) -> SafeString:
    """The facts beside each other: `Upgrade invitation · Nordwind · sent by Maren Feddersen, 17 Nov 2026`."""
    parts = [_part(str(fact.label), html) for fact in facts if (html := fact.html(record, look)) is not None]
    return mark_safe(" · ".join(parts))  # noqa: S308 - as above


def _part(words: str, html: str) -> str:
    text = escape(words)
    if "%(" in text:
        return text % defaultdict(lambda: html)
    return " ".join(part for part in (text, html) if part)
