"""Pages of a list by key, never by offset, with a count that ends at a cap.

The page, its fragment and the API read the same `Page`. A page costs the same wherever it lies in the list, because
PostgreSQL walks the index of the sorted column from the row where the last page ended.
"""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Func, RawSQL
from django.db.models.fields import BooleanField
from django.utils.dateparse import parse_datetime

from partnerhub.web.lists.columns import Order

PAGE_SIZES = (10, 25, 50, 100)
DEFAULT_SIZE = 25
CAP = 100
"""Counting stops here: beyond it, people want to narrow a list and not to know how long it is."""
INTEGERS = {
    "SmallIntegerField": 2**15,
    "PositiveSmallIntegerField": 2**15,
    "IntegerField": 2**31,
    "PositiveIntegerField": 2**31,
}


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after this row (`forward`) or before it.

    `row` counts the rows passed, and `counted` is how many there are in all, both for readers only.
    """

    forward: bool
    value: Any
    id: UUID
    row: int = 0
    counted: int | None = None

    def encode(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, date) else self.value
        if isinstance(value, UUID):
            value = str(value)
        parts = [int(self.forward), value, str(self.id), self.row]
        text = json.dumps(parts if self.counted is None else [*parts, self.counted], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> "Cursor | None":
        """None for whatever is not a cursor: an old or mangled link shows the first page."""
        try:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            forward, value, key, row, *counted = json.loads(raw)
            known = min(max(int(counted[0]), 0), CAP + 1) if counted else None
            return cls(bool(forward), value, UUID(key), int(row), known)
        except (ValueError, TypeError, binascii.Error, AttributeError):
            return None


Find = Callable[[bool, int], list[Any]]


@dataclass
class Page:
    """Rows of a list, and the cursors of its neighbours (None: there is none).

    `counted`: how many rows the whole list has, up to one more than `CAP`; None where nobody counted. `further`: where
    looking for rows ended before the page was full and before the list did, which one of the neighbours is then.
    """

    rows: list[Any]
    order: Order
    newer: str | None = None
    older: str | None = None
    first_row: int = 1
    counted: int | None = None
    further: str | None = None

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


def size_of(parameter: str | None) -> int:
    """A page size that is offered, or the default."""
    return {str(size): size for size in PAGE_SIZES}.get(parameter or "", DEFAULT_SIZE)


def rows_page(
    rows: QuerySet[Any], order: Order, *, cursor: str = "", size: int = DEFAULT_SIZE, count: bool = False
) -> Page:
    """One page of a queryset in this order. One statement; it fetches one row more to know whether there is a next.

    `count`: the first page counts the whole list up to `CAP`, by the same statement, and its cursors remember it.
    """
    at = cursor_at(rows, order, cursor)
    counted = _counted(rows, order) if count and at is None else None

    def find(descending: bool, limit: int) -> list[Any]:
        found = rows.filter(_after(rows, order, at, descending)) if at else rows
        found = found.annotate(counted=counted) if counted else found
        return list(found.order_by(*Order(order.column, descending).fields)[:limit])

    return page_by(find, order, at, size)


def _counted(rows: QuerySet[Any], order: Order) -> RawSQL | None:
    """How many rows there are, up to one more than `CAP`, as an expression: it costs no statement of its own.

    Counted in the list's order, so that it walks the index that the page walks, however the planner guesses.
    """
    try:
        query, values = rows.order_by(*order.fields).values("pk")[: CAP + 1].query.sql_with_params()
    except EmptyResultSet:
        return None
    return RawSQL(f"(SELECT count(*) FROM ({query}) AS counted)", values)  # noqa: S608, S611 - a statement of the ORM


def page_by(find: Find, order: Order, at: Cursor | None, size: int, *, counted: int | None = None) -> Page:
    """One page whose rows `find` reads: (descending, how many) → those from `at` on in this direction.

    `counted`: how many rows the list has, where that is known and the rows themselves do not say it.
    """
    forward = at.forward if at else True
    found = find(order.descending if forward else not order.descending, size + 1)
    if at:
        counted = at.counted
    elif found:
        counted = getattr(found[0], "counted", counted)
    more, found = len(found) > size, found[:size]
    if not forward:
        found.reverse()
    return _page(found, order, at, counted, forward=forward, more=more)


def _page(found: list[Any], order: Order, at: Cursor | None, counted: int | None, *, forward: bool, more: bool) -> Page:
    start = _first_row(at, len(found), forward=forward)
    page = Page(found, order, first_row=start, counted=counted)
    if found:
        has_older = more if forward else True
        has_newer = at is not None if forward else more
        page.older = _cursor(found[-1], page, True, page.last_row) if has_older else None
        page.newer = _cursor(found[0], page, False, start - 1) if has_newer else None
    return page


def _first_row(at: Cursor | None, count: int, *, forward: bool) -> int:
    if at is None:
        return 1
    return at.row + 1 if forward else max(1, at.row - count + 1)


def _cursor(row: Any, page: Page, forward: bool, passed: int) -> str:
    return Cursor(forward, getattr(row, page.order.column.sort), row.pk, passed, page.counted).encode()


def cursor_at(rows: QuerySet[Any], order: Order, text: str) -> Cursor | None:
    """The place that a cursor names in this order; None for the beginning, and for what no row of it could have."""
    at = Cursor.decode(text) if text else None
    if at is None:
        return None
    try:
        return replace(at, value=_value(field_of(rows, order), at.value))
    except (ValueError, TypeError, OverflowError, ValidationError):
        return None


def field_of(rows: QuerySet[Any], order: Order) -> Any:
    """The field that holds the sorted column's values: a reference's is the id it points to."""
    column = rows.model._meta.get_field(order.column.sort)
    column = column.target_field if column.is_relation else column
    return getattr(column, "output_field", column)


def column_of(rows: QuerySet[Any], order: Order) -> str:
    """The sorted column as the database calls it."""
    return str(rows.model._meta.get_field(order.column.sort).column)


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
    value = Value(at.value, output_field=field_of(rows, order))
    return _RowCompare(order.column.sort, value, at.id, "<" if descending else ">")
