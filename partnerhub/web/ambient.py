"""What Django keeps beside a request (language, zone, prefix of addresses), kept in plain context variables.

Django keeps it in `asgiref.local.Local`, which takes a lock and passes six calls for each look: a page asks three
hundred times in which language it speaks, and that was a tenth of its CPU. A context variable means the same: each
thread and each task has a value of its own, and `sync_to_async` carries it along.
"""

from contextvars import ContextVar
from types import ModuleType

import django_countries
from django.urls import base as urls_base
from django.utils import timezone
from django.utils.translation import trans_real

UNSET = object()


class Ambient:
    """Stands in for a `Local` of which only `value` is used."""

    __slots__ = ("_kept",)

    def __init__(self, name: str) -> None:
        self._kept: ContextVar[object] = ContextVar(name, default=UNSET)

    @property
    def value(self) -> object:
        """What is kept here now. Raises AttributeError where nothing is, as a `Local` does."""
        value = self._kept.get()
        if value is UNSET:
            raise AttributeError("value")
        return value

    @value.setter
    def value(self, value: object) -> None:
        self._kept.set(value)

    @value.deleter
    def value(self) -> None:
        self._kept.set(UNSET)


class MayStayEnglish:
    """Stands in for the `Local` in which django-countries says whether a word may be left in English."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: ContextVar[bool] = ContextVar("fallback", default=True)

    @property
    def fallback(self) -> bool:
        return self._kept.get()

    @fallback.setter
    def fallback(self, value: bool) -> None:
        self._kept.set(value)


def keep_lightly() -> None:
    """Let Django and django-countries keep it so. What is active at this moment is not carried over."""
    libraries: list[tuple[ModuleType, str]] = [
        (trans_real, "_active"),
        (timezone, "_active"),
        (urls_base, "_prefixes"),
        (urls_base, "_urlconfs"),
    ]
    for module, name in libraries:  # see docs/upgrading.md
        setattr(module, name, Ambient(f"{module.__name__}.{name}"))
    django_countries._translation_state = MayStayEnglish()  # type: ignore[assignment]  # noqa: SLF001 - see docs/upgrading.md
