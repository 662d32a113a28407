"""The two templates of a mail, drawn once for each shape and then only filled in.

A mail's templates hold words and conditions, nothing else; so two mails in which the same words are there and missing
differ in these words alone. Drawing a template costs ten times as much as filling in its frame.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape

from django.template.loader import get_template

# Private-use characters: no template has them, and escaping leaves them alone.
FRAME_OPEN, FRAME_CLOSE = "\ue000", "\ue001"
FRAME_MARK = re.compile(f"{FRAME_OPEN}([a-z_0-9]+){FRAME_CLOSE}")

Frame = tuple[str, ...]
"""Text, name of a word, text, name … text."""


def draw_html(words: Mapping[str, str], paragraphs: Sequence[str], *, rows: str) -> str:
    """The HTML part. Every word is escaped here; `rows` is HTML already."""
    values = {name: escape(word) for name, word in words.items()} | {"rows": rows}
    return _filled("html", values, [escape(paragraph) for paragraph in paragraphs])


def draw_text(words: Mapping[str, str], paragraphs: Sequence[str], *, rows: str) -> str:
    """The text part: the words as they are."""
    return _filled("txt", {**words, "rows": rows}, paragraphs)


def _filled(ending: str, values: dict[str, str], paragraphs: Sequence[str]) -> str:
    frame = _frame(ending, frozenset(name for name, value in values.items() if value), len(paragraphs))
    values |= {f"paragraph_{number}": paragraph for number, paragraph in enumerate(paragraphs)}
    filled = list(frame)
    filled[1::2] = [values[name] for name in frame[1::2]]
    return "".join(filled)


@lru_cache(maxsize=256)
def _frame(ending: str, present: frozenset[str], paragraphs: int) -> Frame:
    """The template drawn with a mark for each word that is there, taken apart at the marks."""
    marks: dict[str, object] = {name: f"{FRAME_OPEN}{name}{FRAME_CLOSE}" for name in present}
    marks["paragraphs"] = [f"{FRAME_OPEN}paragraph_{number}{FRAME_CLOSE}" for number in range(paragraphs)]
    return tuple(FRAME_MARK.split(get_template(f"mail/letter.{ending}").render(marks)))
