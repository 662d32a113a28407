"""The catalogues of a language, merged into as few as can be.

Django means to keep apart only those catalogues whose plurals are formed otherwise, but compares a function with the
code of another one: so each app has one of its own, and a word that none of them has (in English, every word) is looked
for in all of them, twice. That was a tenth of a page.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import trans_real

COUNTED_OUT = (*range(201), 1_000, 1_000_000)
"""Numbers by which two ways to form the plural are told apart: languages look at the last two digits, and at none."""


def merge_alike() -> None:
    """Let catalogues of the same plurals become one, as Django's own comment says. Those read before are read again."""
    django: Any = trans_real
    django.TranslationCatalog.update = _update
    django._translations.clear()  # noqa: SLF001 - see docs/upgrading.md
    django._default = None  # noqa: SLF001 - see docs/upgrading.md


def _forms(plural: Callable[[int], int]) -> list[int]:
    return [int(plural(number)) for number in COUNTED_OUT]


def _update(self: Any, translations: Any) -> None:
    """As Django has it, with the comparison that it means. What comes later goes before what was there."""
    if _forms(translations.plural) == _forms(self._plurals[0]):
        self._catalogs[0].update(translations._catalog)  # noqa: SLF001 - see docs/upgrading.md
    else:
        self._catalogs.insert(0, translations._catalog.copy())  # noqa: SLF001 - see docs/upgrading.md
        self._plurals.insert(0, translations.plural)
