"""The two templates of a mail, drawn once for each shape and then only filled in.

A mail's templates hold words and conditions, nothing else; so two mails in which the same words are there and missing
differ in these words alone. Drawing a template costs ten times as much as filling in its frame.
Of mails that say the same to several people all words but a few are filled in once, too (`begin_html`, `end`).
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from html import escape

from django.template.loader import get_template

# Private-use characters: no template has them, and escaping leaves them alone.
FRAME_OPEN, FRAME_CLOSE = "\ue000", "\ue001"
FRAME_MARK = re.compile(f"{FRAME_OPEN}([a-z_0-9]+){FRAME_CLOSE}")

Frame = tuple[str, ...]
"""Text, name of a word, text, name … text."""


def begin_html(words: Mapping[str, str], paragraphs: Sequence[str], *, rows: str, later: Collection[str] = ()) -> Frame:
    """The HTML part, but for the words filled in `later`. Every word is escaped here; `rows` is HTML already."""
    values = {name: escape(word) for name, word in words.items()} | {"rows": rows}
    return _begun("html", values, [escape(paragraph) for paragraph in paragraphs], later)


def begin_text(words: Mapping[str, str], paragraphs: Sequence[str], *, rows: str, later: Collection[str] = ()) -> Frame:
    """The text part, but for the words that are filled in `later`: the words as they are."""
    return _begun("txt", {**words, "rows": rows}, paragraphs, later)


def end(frame: Frame, words: Mapping[str, str]) -> str:
    """The whole part. Words of the HTML part are escaped by the caller."""
    filled = list(frame)
    filled[1::2] = [words[name] for name in frame[1::2]]
    return "".join(filled)


def _begun(ending: str, values: dict[str, str], paragraphs: Sequence[str], later: Collection[str]) -> Frame:
    frame = _frame(ending, frozenset(name for name, value in values.items() if value), len(paragraphs))
    values |= {f"paragraph_{number}": paragraph for number, paragraph in enumerate(paragraphs)}
    begun, known = [], [frame[0]]
    for name, text in zip(frame[1::2], frame[2::2], strict=True):
        if name in later:
            begun += ["".join(known), name]
            known = [text]
        else:
            known += [values[name], text]
    return (*begun, "".join(known))


@lru_cache(maxsize=256)
def _frame(ending: str, present: frozenset[str], paragraphs: int) -> Frame:
    """The template drawn with a mark for each word that is there, taken apart at the marks."""
    marks: dict[str, object] = {name: f"{FRAME_OPEN}{name}{FRAME_CLOSE}" for name in present}
    marks["paragraphs"] = [f"{FRAME_OPEN}paragraph_{number}{FRAME_CLOSE}" for number in range(paragraphs)]
    return tuple(FRAME_MARK.split(get_template(f"mail/letter.{ending}").render(marks)))
