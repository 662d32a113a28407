"""Names of companies without what does not tell them apart: case, accents, punctuation, the legal form."""

import re
from functools import cache, lru_cache
from typing import Any

from cleanco.clean import custom_basename, prepare_default_terms

from partnerhub.web.folding import fold

WORDS = re.compile(r"[^\w]+")
ALIKE = 0.45
"""How much of their trigrams two names share at least, that may be one and the same company's."""
ADDED = (
    *("sp z oo", "spolka z oo", "spolka z ograniczona odpowiedzialnoscia", "sp k", "spolka akcyjna"),
    *("ek", "e k", "ohg", "gbr", "ug", "kgaa", "haftungsbeschrankt"),
)
"""Legal forms that the library writes otherwise than people do, as words without punctuation."""


@cache
def _forms() -> list[Any]:
    own = [(len(parts), parts) for form in ADDED if (parts := form.split())]
    return sorted([*prepare_default_terms(), *own], key=lambda one: (-one[0], one[1]))


@cache
def _forms_by_end() -> dict[str, list[tuple[int, int, list[str]]]]:
    """The forms by their last word, each with its place among all of them and its number of words."""
    found: dict[str, list[tuple[int, int, list[str]]]] = {}
    for place, (size, parts) in enumerate(_forms()):
        found.setdefault(parts[-1], []).append((place, size, parts))
    return found


@lru_cache(maxsize=1024)  # what a caller types is forgotten again
def name_core(name: str) -> str:
    """The folded words of a name without its legal form: `KAWA Sp. z o.o.` → `kawa`.

    A name that is nothing but a legal form stays whole. Taking the core of a core changes nothing.
    """
    words = _words(name)
    while (shorter := _without_forms(words)) and shorter != words:
        words = shorter
    return words[:200].strip()


def _without_forms(words: str) -> str:
    """What the library makes of them. Where all is ASCII, without trying each of its forms: it takes them off in their
    order, one after the other.
    """
    if not words.isascii():
        return _words(custom_basename(words, _forms(), suffix=True))
    parts, place = words.split(), -1
    while parts:
        known = _forms_by_end().get(parts[-1], ())
        fitting = ((at, size) for at, size, form in known if at > place and parts[-size:] == form)
        place, size = next(fitting, (-1, 0))
        if not size:
            break
        del parts[-size:]
    return " ".join(parts)


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 1, by the trigrams of their cores, as PostgreSQL counts them."""
    first, second = _trigrams(name_core(one)), _trigrams(name_core(other))
    return len(first & second) / len(first | second) if first | second else float(fold(one) == fold(other))


def are_alike(one: str, other: str) -> bool:
    """Whether two names may be one company's: alike by trigrams, or all words of one stand in the other."""
    first, second = set(name_core(one).split()), set(name_core(other).split())
    shared = bool(first and second) and (first <= second or second <= first)
    return shared or likeness(one, other) >= ALIKE


def _words(text: str) -> str:
    """Folded words with one space between; the dots of `S.A.` are no words."""
    return " ".join(WORDS.sub(" ", fold(text).replace(".", "").replace("'", "")).split())


def _trigrams(text: str) -> set[str]:
    return {padded[at : at + 3] for word in text.split() for padded in [f"  {word} "] for at in range(len(word) + 1)}
