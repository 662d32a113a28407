"""The list machine: columns, order, and pages by key, never by offset and never with a count.

The page, its fragment and the API read the same `Page`. A page costs the same wherever it lies in the list, because
PostgreSQL walks the index of the sorted column from the row where the last page ended.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Func
from django.db.models.fields import BooleanField
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise

PAGE_SIZES = (10, 25, 50, 100)
DEFAULT_SIZE = 25
INTEGERS = {
    "SmallIntegerField": 2**15,
    "PositiveSmallIntegerField": 2**15,
    "IntegerField": 2**31,
    "PositiveIntegerField": 2**31,
}


@dataclass(frozen=True)
class Column:
    """A column of a list. `sort` is the model's field, indexed behind the tenant; empty: the column does not sort."""

    key: str
    label: str | Promise
    sort: str = ""
    css: str = ""
    always: bool = False
    shown: bool = True


@dataclass(frozen=True)
class Order:
    """Which column rules the order, and which way. The id breaks ties the same way."""

    column: Column
    descending: bool

    @property
    def parameter(self) -> str:
        return f"-{self.column.key}" if self.descending else self.column.key


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after this row (`forward`) or before it. `row` counts the rows passed, for readers only."""

    forward: bool
    value: Any
    id: UUID
    row: int = 0

    def encode(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, date) else self.value
        if isinstance(value, UUID):
            value = str(value)
        text = json.dumps([int(self.forward), value, str(self.id), self.row], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> "Cursor | None":
        """None for whatever is not a cursor: an old or mangled link shows the first page."""
        try:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            forward, value, key, row = json.loads(raw)
            return cls(bool(forward), value, UUID(key), int(row))
        except (ValueError, TypeError, binascii.Error, AttributeError):
            return None


Narrow = Callable[[QuerySet[Any], "Cursor | None", bool, int], QuerySet[Any]]
Find = Callable[[bool, int], list[Any]]


@dataclass
class Page:
    """Rows of a list, and the cursors of its neighbours (None: there is none)."""

    rows: list[Any]
    order: Order
    newer: str | None = None
    older: str | None = None
    first_row: int = 1
    columns: list[Column] = field(default_factory=list)

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows) - 1


class _RowCompare(Func):
    """(column, id) < (value, id) as PostgreSQL's row comparison, which one index answers."""

    output_field = BooleanField()
    conditional = True
    arity = 4

    def __init__(self, column: str, value: Any, key: UUID, operator: str) -> None:
        super().__init__(F(column), F("id"), value, Value(key), output_field=BooleanField())
        self.operator = operator

    def as_sql(  # type: ignore[override]  # Func takes a template here; this needs none
        self, compiler: Any, connection: Any, **_: Any
    ) -> tuple[str, list[Any]]:
        parts, parameters = [], []
        for expression in self.source_expressions:
            sql, values = compiler.compile(expression)
            parts.append(sql)
            parameters += values
        column, key, value, other = parts
        return f"({column}, {key}) {self.operator} ({value}, {other})", parameters


def order_of(parameter: str, columns: Sequence[Column], default: str) -> Order:
    """The order that a `sort` parameter names (`company`, `-submitted`), or the default where it names none."""
    by_key = {column.key: column for column in columns if column.sort}
    for text in (parameter, default):
        column = by_key.get(text.removeprefix("-"))
        if column:
            return Order(column, text.startswith("-"))
    raise ValueError(default)


def columns_for_order(columns: Sequence[str], order: Order) -> list[str]:
    """The model's columns that a row is made of, and the one that rules the order."""
    return [*columns] if order.column.sort in columns else [*columns, order.column.sort]


def size_of(parameter: str | None) -> int:
    """A page size that is offered, or the default."""
    return {str(size): size for size in PAGE_SIZES}.get(parameter or "", DEFAULT_SIZE)


def page_of(
    rows: QuerySet[Any],
    order: Order,
    *,
    cursor: str = "",
    size: int = DEFAULT_SIZE,
    narrow: Narrow | None = None,
) -> Page:
    """One page of a queryset in this order. One statement; it fetches one row more to know whether there is a next.

    `narrow` narrows the rows further knowing where the page lies: (rows, cursor, descending, limit) → rows.
    """
    at = cursor_at(rows, order, cursor)

    def find(descending: bool, limit: int) -> list[Any]:
        found = rows.filter(_after(rows, order, at, descending)) if at else rows
        if narrow:
            found = narrow(found, at, descending, limit)
        sign = "-" if descending else ""
        return list(found.order_by(f"{sign}{order.column.sort}", f"{sign}id")[:limit])

    return page_by(find, order, at, size)


def page_by(find: Find, order: Order, at: Cursor | None, size: int) -> Page:
    """One page whose rows `find` reads: (descending, how many) → those from `at` on in this direction."""
    forward = at.forward if at else True
    found = find(order.descending if forward else not order.descending, size + 1)
    more, found = len(found) > size, found[:size]
    if not forward:
        found.reverse()
    return _page(found, order, at, forward=forward, more=more)


def _page(found: list[Any], order: Order, at: Cursor | None, *, forward: bool, more: bool) -> Page:
    start = _first_row(at, len(found), forward=forward)
    page = Page(found, order, first_row=start)
    if found:
        has_older = more if forward else True
        has_newer = at is not None if forward else more
        page.older = _cursor(found[-1], order, True, page.last_row) if has_older else None
        page.newer = _cursor(found[0], order, False, start - 1) if has_newer else None
    return page


def _first_row(at: Cursor | None, count: int, *, forward: bool) -> int:
    if at is None:
        return 1
    return at.row + 1 if forward else max(1, at.row - count + 1)


def _cursor(row: Any, order: Order, forward: bool, count: int) -> str:
    return Cursor(forward, getattr(row, order.column.sort), row.pk, count).encode()


def cursor_at(rows: QuerySet[Any], order: Order, text: str) -> Cursor | None:
    """The place that a cursor names in this order; None for the beginning, and for what no row of it could have."""
    at = Cursor.decode(text) if text else None
    if at is None:
        return None
    try:
        return replace(at, value=_value(_field(rows, order), at.value))
    except (ValueError, TypeError, OverflowError, ValidationError):
        return None


def _field(rows: QuerySet[Any], order: Order) -> Any:
    """The field that holds the sorted column's values: a reference's is the id it points to."""
    column = rows.model._meta.get_field(order.column.sort)
    column = column.target_field if column.is_relation else column
    return getattr(column, "output_field", column)


def _value(column: Any, raw: Any) -> Any:
    """The cursor's value as the column could hold it. Raises where it could not: nobody but us writes cursors."""
    kind = column.get_internal_type()
    if kind == "DateTimeField":
        moment = parse_datetime(raw)
        if moment is None or moment.tzinfo is None:
            raise ValueError
        return moment
    if kind in {"CharField", "TextField"}:
        if not isinstance(raw, str) or "\0" in raw:
            raise TypeError
        raw.encode()
        return raw
    value = column.to_python(raw)
    if value is None or (kind in INTEGERS and not -INTEGERS[kind] <= value < INTEGERS[kind]):
        raise ValueError
    return value


def _after(rows: QuerySet[Any], order: Order, at: Cursor, descending: bool) -> _RowCompare:
    value = Value(at.value, output_field=_field(rows, order))
    return _RowCompare(order.column.sort, value, at.id, "<" if descending else ">")
