"""Words in the order in which a reader looks for them: by the Unicode Collation Algorithm (UTS 10), and its language.

The algorithm takes `Ł` for an L with a mark, which is right in most languages. Those that have letters of their own
beyond say so here (CLDR, collation charts); add yours with its translation.
"""

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, TypeVar

from django_countries import collator, countries

from partnerhub.web.formats import current_language

T = TypeVar("T")

# Letters that stand behind all words with the letter before them.
OWN_LETTERS = {"pl": ["aą", "cć", "eę", "lł", "nń", "oó", "sś", "zźż"]}
BEHIND_ALL = 0xE000  # for private use: heavier than every letter


def sorted_by_name(items: Iterable[T], *, name: Callable[[T], Any] = str, language: str = "") -> list[T]:
    """The items by their names, as the reader's language (or the one named) has them in order.

    For words of ours, by the hundred. People and organisations, by the thousand, are sorted by the database.
    """
    spoken = language or current_language()
    return sorted(items, key=lambda item: _key(str(name(item)), spoken))


def country_choices() -> list[tuple[str, str]]:
    """Code and name of every country, by name, in the reader's language."""
    return list(_countries(current_language()))


@lru_cache(maxsize=16)
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    """Called with the language that is active."""
    named = [(code, str(countries.name(code))) for code in countries.countries]
    return tuple(sorted_by_name(named, name=lambda choice: choice[1], language=language))


def _key(text: str, language: str) -> tuple[int, ...]:
    # The one that django-countries keeps (pyuca's): the table of all letters takes half a second and 12 MB to read.
    return tuple(collator.sort_key(unicodedata.normalize("NFC", text).translate(_letters(language))))


@lru_cache(maxsize=64)
def _letters(language: str) -> dict[int, str]:
    """Each own letter as the letter before it and one that is behind all."""
    groups = OWN_LETTERS.get(language.partition("-")[0], [])
    return {
        ord(letter): cased[0] + chr(BEHIND_ALL + place)
        for group in groups
        for cased in (group, group.upper())
        for place, letter in enumerate(cased[1:])
    }
