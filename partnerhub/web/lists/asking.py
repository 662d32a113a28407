"""A list as a member asks for it: what the parameters of an address, or the saved view that it opens, mean."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from types import SimpleNamespace
from typing import Any, ClassVar, Protocol, cast

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise

from partnerhub.actors import Seat
from partnerhub.web.lists.columns import Column, Order, order_of, shown_of
from partnerhub.web.lists.filters import ListFilter, SearchFilter
from partnerhub.web.lists.paging import size_of
from partnerhub.web.lists.saved import BESIDE, LEFT, OPEN, PLAIN, SavedView, State, find, views_of, with_state

Words = str | Promise


UNREAD = cast("QuerySet[Any]", SimpleNamespace(model=None))
"""Stands for the rows where no filter looks at them: to say which they are costs as much as to read a page of them."""


class OfKind(Protocol):
    """A kind of record, as far as its list depends on it."""

    def rows(self, by: Seat) -> QuerySet[Any]: ...


class NoFilter(ListFilter):
    """Nothing narrows the list."""


class Asked:
    """What can be asked of a list, and what is. A list derives from it (`ListOf`) and says the rest."""

    name: ClassVar[str]
    """Of its files and saved views. Lists with the same name are one list to its readers."""
    columns: ClassVar[Sequence[Column]]
    default_order: ClassVar[str]
    filter_class: ClassVar[type[ListFilter]] = NoFilter
    kept: ClassVar[OfKind]
    """The kind of record whose list it is (`partnerhub.records.kinds`), where its rows are those."""
    changed: ClassVar[str] = "updated"
    """The column with the moment of a row's last change, if it has such a column."""

    def __init__(self, query: QueryDict, membership: Seat, *, since: datetime | None = None) -> None:
        """`since`: only what has changed from this moment on, which the list then is ordered by."""
        self.asked = query
        self.membership = membership
        self.since = since

    def rows(self) -> QuerySet[Any]:
        """All rows that the member may see, with what the cells read."""
        return self.kept.rows(self.membership)

    # What the address says

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The parameters of the address that the list knows: what leads back to it."""
        known = {*self.filter_class.base_filters, "sort", "columns", *BESIDE, OPEN, LEFT}
        return {name: [*map(str, values)] for name, values in self.asked.lists() if name in known}

    @cached_property
    def all_columns(self) -> list[Column]:
        """Those that the member's side has."""
        return self._of_side(self.columns)

    def _of_side(self, columns: Sequence[Column]) -> list[Column]:
        return [one for one in columns if one.side in {"", self.membership.side} and self.of_member(one)]

    def of_member(self, column: Column) -> bool:
        """Whether the member has the column, beyond what their side decides."""
        return True

    @cached_property
    def shown(self) -> list[Column]:
        return shown_of(self.all_columns, self.query.getlist("columns"))

    @cached_property
    def order(self) -> Order:
        return order_of(
            self.query.get("sort", ""), self.all_columns, self.changed if self.since else self.default_order
        )

    @cached_property
    def walk(self) -> Order:
        """The order in which the rows are found: where all have the same in the sorted column, that of the default."""
        if not self.is_settled(self.order.column):
            return self.order
        usual = order_of(self.default_order, self.all_columns, self.default_order)
        return Order(usual.column, self.order.descending)

    @cached_property
    def size(self) -> int:
        return size_of(self.query.get("size"))

    @cached_property
    def filters(self) -> ListFilter:
        """The filters with the parameters of the address."""
        asks: Any = SimpleNamespace(membership=self.membership, GET=self.query)
        return self.filter_class(self.query, self.rows() if self.is_asked else UNREAD, request=asks)

    @cached_property
    def is_asked(self) -> bool:
        """Whether the address names a filter at all: one without is not looked at any further."""
        return any(name in self.query for name in self.filter_class.base_filters)

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The valid filters that are set."""
        return self.filters.chosen if self.is_asked else {}

    @cached_property
    def text(self) -> str:
        """The words that the list has to find itself."""
        name, one = self.search_box
        return str(self.chosen.get(name, "")) if one and one.is_found_by_list else ""

    @cached_property
    def search_box(self) -> tuple[str, SearchFilter | None]:
        """The parameter of the search box, and its filter."""
        found = ((name, one) for name, one in self.filter_class.base_filters.items() if isinstance(one, SearchFilter))
        return next(found, ("", None))

    def is_settled(self, column: Column) -> bool:
        """Whether all rows have the same in this column."""
        value = self.chosen.get(column.settled_by)
        return value is not None and (not isinstance(value, list) or len(value) == 1)

    # Its saved views

    @cached_property
    def query(self) -> QueryDict:
        """The parameters that hold: those of the address, or of the view that it opens."""
        return with_state(self.asked, self.view.state) if self.view and self.is_view_open else self.asked

    @cached_property
    def views(self) -> Sequence[SavedView]:
        """The member's own, and those shared with them. One statement."""
        return views_of(self.name, self.membership)

    @property
    def is_view_open(self) -> bool:
        return OPEN in self.asked

    @cached_property
    def view(self) -> SavedView | None:
        """The view that the address opens, or the one that was left."""
        named = self.asked.get(OPEN) or self.asked.get(LEFT, "")
        return find(self.views, named) if named not in {"", PLAIN} else None

    @property
    def is_view_gone(self) -> bool:
        """Whether the address opens a view that is not there, or not for this member."""
        return self.is_view_open and self.asked[OPEN] != PLAIN and self.view is None

    @cached_property
    def state(self) -> State:
        """What a view of the list would keep as it is asked for now."""
        order = self.order.parameter
        return State(
            filters={name: values for name in self.chosen if any(values := self._values(name))},
            sort="" if order == self.default_order else order,
            columns=[column.key for column in self.shown] if self.shown != shown_of(self.all_columns, ()) else [],
        )

    def _values(self, name: str) -> list[str]:
        return [value for value in dict.fromkeys(self.query.getlist(name)) if value]

    @cached_property
    def is_changed(self) -> bool:
        """Whether it shows something else than the view that the address names."""
        return self.view is not None and not self.is_view_open and not self.view.state.is_as(self.state)

    @cached_property
    def left_out(self) -> list[str]:
        """What the open view was saved with and does not hold any more, or not for this member; in words."""
        if self.view is None or not self.is_view_open:
            return []
        known = self.filters.filters
        worthless = [
            self._filter_words(name) for name in self.view.state.filters if name in known.keys() - self.chosen.keys()
        ]
        return [*self.unknown_in(self.view.state), *worthless]

    def unknown_in(self, state: State) -> list[str]:
        """The filters and columns of a view that the list does not have, or not for this member; in words."""
        filters = [self._filter_words(name) for name in state.filters if name not in self.filters.filters]
        sorts = {column.key for column in self.all_columns if column.sort}
        columns = [key for key in state.columns if key not in {column.key for column in self.all_columns}]
        sort = state.sort.removeprefix("-")
        return [
            *filters,
            *(str(self._column_words(key)) for key in [*columns, *([sort] if sort and sort not in sorts else [])]),
        ]

    def _filter_words(self, name: str) -> str:
        one = self.filter_class.base_filters.get(name)
        return str(getattr(one, "menu", one.label) or name) if one else name

    def _column_words(self, key: str) -> Words:
        return next((column.label for column in self.columns if column.key == key), key)
