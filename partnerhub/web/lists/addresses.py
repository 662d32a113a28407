"""The addresses of records, from their models: `lead.urls.page`, `lead.urls.award`.

A model says once how its records are called in addresses; nobody else writes such an address as text.
"""

from collections.abc import Callable, Collection
from typing import Any, Self, overload
from uuid import UUID

from django.db.models import Model
from django.urls import reverse

SAMPLE = UUID(int=0)


class Addresses:
    """The addresses of a model's records. `page`: the name of the pattern of a record's page, which takes its id.

    `step`: the name of the pattern that takes the id and the word of a step, `steps` the names of its machine. On a
    record, `urls.page` is its page and `urls.award` the address of the step.
    """

    def __init__(self, page: str, step: str = "", steps: Collection[str] = ()) -> None:
        self.page = page
        self.step = step
        self.steps = frozenset(steps)

    @overload
    def __get__(self, record: None, model: type[Model] | None = None) -> Self: ...
    @overload
    def __get__(self, record: Model, model: type[Model] | None = None) -> "RecordAddresses": ...
    def __get__(self, record: Model | None, model: type[Model] | None = None) -> "Self | RecordAddresses":
        return self if record is None else RecordAddresses(self, record.pk)

    def pages(self) -> Callable[[Any], str]:
        """(id) → the address of the record's page. Made ready once for many rows."""
        before, after = reverse(self.page, args=[SAMPLE]).split(str(SAMPLE))
        return lambda key: f"{before}{key}{after}"


class RecordAddresses:
    """The addresses of one record."""

    def __init__(self, addresses: Addresses, key: UUID) -> None:
        self._addresses = addresses
        self._key = key

    @property
    def page(self) -> str:
        return reverse(self._addresses.page, args=[self._key])

    def __getattr__(self, word: str) -> str:
        """The address of a step: `undo_assign` is `…/undo-assign/`. Raises AttributeError for what is no step."""
        if word not in self._addresses.steps:
            raise AttributeError(word)
        return reverse(self._addresses.step, args=[self._key, word.replace("_", "-")])
