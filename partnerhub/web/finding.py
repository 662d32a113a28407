"""Finding a record from anywhere (Ctrl K, the page of search, the API): an app names the lists that are looked through.

It does so when it is ready. A list's own rows, filters and search decide what a member finds, so there is one wall and
one way of searching for the list, its export and this.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from partnerhub.actors import Seat
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.lists.cells import Read, reader
from partnerhub.web.lists.declaring import ListOf
from partnerhub.web.lists.filters import TextField
from partnerhub.web.lists.paging import PAGE_SIZES

MOST_FOUND = 5
"""Hits of one kind: the list itself has the rest."""


class Hit(NamedTuple):
    """One record that was found."""

    kind: str
    id: UUID
    title: str
    note: str
    url: str


class FoundOfKind(NamedTuple):
    """What was found of one kind: how the kind is called, the hits, and the list's address if it has more of them."""

    title: str
    hits: list[Hit]
    more: str
    is_numbered: bool


def no_number(text: str) -> int | None:
    """Of records without a number."""
    return None


@dataclass(frozen=True)
class Findable:
    """A kind of record that can be found. `of` is its list, `page` the name of the list's address.

    `title` and `note` read a row of the list; `numbered` reads a record's number out of a text, if it may be one.
    """

    kind: str
    of: type[ListOf]
    page: str
    to: Addresses
    title: Read
    note: Callable[[Any], str]
    numbered: Callable[[str], int | None] = no_number

    def find(self, text: str, membership: Seat) -> FoundOfKind:
        """The records that this member finds, the one with this number first. A statement, and one for a number."""
        if not membership.can(self.of.permission):
            return FoundOfKind(str(self.of.title), [], "", is_numbered=False)
        box, listing = self._asked(text, membership)
        rows = listing.page().rows if listing.chosen.get(box) else []
        number = self.numbered(text)
        first = list(listing.rows().filter(number=number)[:1]) if number is not None else []
        known = {row.pk for row in first}
        hits = self._hits([*first, *(row for row in rows if row.pk not in known)])
        more = f"{reverse(self.page)}?{urlencode({box: text})}" if len(rows) > MOST_FOUND else ""
        return FoundOfKind(str(self.of.title), hits, more, is_numbered=bool(first))

    def _asked(self, text: str, membership: Seat) -> tuple[str, ListOf]:
        """The parameter of the list's search box, and the list asked for this text."""
        box, _filter = self.of(QueryDict(), membership).search_box
        query = QueryDict(mutable=True)
        query.update({box: text, "size": str(PAGE_SIZES[0])})
        return box, self.of(query, membership)

    def _hits(self, rows: list[Any]) -> list[Hit]:
        title, page = reader(self.title), self.to.pages()
        return [Hit(self.kind, row.pk, str(title(row)), self.note(row), page(row.pk)) for row in rows[:MOST_FOUND]]


_kinds: list[Findable] = []


def register_findable(*kinds: Findable) -> None:
    """Add kinds of records to what is found; shown in the order in which they were registered."""
    _kinds.extend(kinds)


def find_records(text: str, membership: Seat) -> list[FoundOfKind]:
    """What this member finds with a text, a kind whose number it is first.

    The number of statements depends on the member's rights alone. Raises ValidationError for a text that is too long.
    """
    words = TextField().clean(text)
    if not words:
        return []
    found = [one for kind in _kinds if (one := kind.find(words, membership)).hits]
    return sorted(found, key=lambda one: not one.is_numbered)
