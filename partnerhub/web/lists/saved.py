"""Saved views of lists (E24, ux 3, 4): filters, columns and their order, and sort, under a name.

Who has which views is kept by the storey of people; it registers a keeper here when it is ready. The address says which
view is open: `?saved=<id>`. Whoever changes something leaves the view: the address says all of it then, and
`changed=<id>` names the view that was left. `?saved=none` is the plain list, for who opens it with a view of theirs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from partnerhub.actors import Seat

OPEN, LEFT, PLAIN = "saved", "changed", "none"
BESIDE = ("size", "cursor")
"""What an address says of a page, and no view keeps."""
LONGEST_STATE = 4000
"""How long the parameters of a view may be, written as an address."""


@dataclass(frozen=True)
class State:
    """What a view keeps: the parameters of the filters, the order (empty: the usual one), the columns (none: the usual
    ones) in their order."""

    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = ""
    columns: Sequence[str] = ()

    @property
    def parameters(self) -> dict[str, list[str]]:
        """As an address says it."""
        parameters = {name: [*values] for name, values in self.filters.items()}
        if self.sort:
            parameters["sort"] = [self.sort]
        if self.columns:
            parameters["columns"] = [*self.columns]
        return parameters

    @property
    def address(self) -> str:
        return urlencode(self.parameters, doseq=True)

    def is_as(self, other: "State") -> bool:
        """Whether both show the same: in which order the values of a filter stand does not matter."""
        own, others = ({name: sorted(values) for name, values in one.filters.items()} for one in (self, other))
        return own == others and self.sort == other.sort and [*self.columns] == [*other.columns]


@dataclass(frozen=True)
class SavedView:
    """A view as a member has it.

    `is_kept`: they may rename and remove it. `is_owned`: they say what it shows. `by`: whose it is, of one that is
    shared; the organisation's, where its owner has left.
    """

    id: UUID
    name: str
    state: State
    version: int
    is_shared: bool
    is_kept: bool
    is_owned: bool
    by: str = ""


class Keeper(Protocol):
    """Where views are kept."""

    def views(self, list_name: str, member: Seat) -> Sequence[SavedView]:
        """The member's own views of a list, and those shared with them, by name. One statement, of bounded size."""

    def default(self, list_name: str, member: Seat) -> UUID | None:
        """The view with which the member opens the list. No statement."""

    def url(self, step: str, key: Any) -> str:
        """Where a step is taken: `new` (the key is the list's name); `edit`, `keep`, `copy`, `default`, `delete` (a
        view's id).
        """


_keepers: list[Keeper] = []


def register_keeper(keeper: Keeper) -> None:
    """Views are kept here; called once when the app is ready."""
    _keepers[:] = [keeper]


def views_of(list_name: str, member: Seat) -> Sequence[SavedView]:
    return _keepers[0].views(list_name, member) if _keepers else []


def default_of(list_name: str, member: Seat) -> UUID | None:
    return _keepers[0].default(list_name, member) if _keepers else None


def url_of(step: str, key: Any) -> str:
    return _keepers[0].url(step, key)


def find(views: Sequence[SavedView], text: str) -> SavedView | None:
    """The view that an address names."""
    return next((view for view in views if str(view.id) == text), None)


def with_state(asked: QueryDict, state: State) -> QueryDict:
    """The parameters of a view, and of those that are asked for what a view does not keep."""
    query = QueryDict(mutable=True)
    for name, values in state.parameters.items():
        query.setlist(name, values)
    for name in (name for name in BESIDE if name in asked):
        query.setlist(name, asked.getlist(name))
    return query
