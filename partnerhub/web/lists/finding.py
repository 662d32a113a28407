"""Finding the rows of a page, whatever narrows it, by the search function of the table.

An app declares once how its table is searched (`Searched`); a migration makes function and index of it
(`partnerhub.tenancy.searching`), and the list asks here. How the function finds, and why it reads a bounded number of
rows however the planner guesses, stands in `partnerhub/tenancy/sql/search.sql`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.dateparse import parse_datetime
from psycopg2.extras import Json

from partnerhub.web.folding import search_words
from partnerhub.web.lists.columns import Order
from partnerhub.web.lists.paging import CAP, DEFAULT_SIZE, Cursor, Page, column_of, cursor_at, field_of, page_by
from partnerhub.web.visibility import EVERYTHING, Rule

ARGUMENTS = "text[], jsonb, jsonb, text, boolean, text, uuid, integer, boolean"
FOUND = "SELECT ids, until_value, until_id FROM {}(%s, %s, %s, %s, %s, %s, %s::uuid, %s, false)"
ALL_FOUND = "SELECT unnest(ids) FROM {}(%s, %s, %s, %s, false, NULL, NULL, 0, true)"


@dataclass(frozen=True)
class Searched:
    """How one table is searched. Columns are named as the database does.

    `columns`: the type of each column that an order or a rule names. `base`: which rows lists have at all. `keyed`:
    columns whose values stand in the search index, NULL as an empty one; `people`: those that hold a member's id, or
    several. `day`: the moment that spans of days are about. `walks`: a keyed column → the orders that have an index
    behind it. `links`: a table that a rule links to → the types of its columns.
    """

    table: str
    columns: Mapping[str, str]
    base: str = "true"
    keyed: Sequence[str] = ("partner_id",)
    people: Sequence[str] = ()
    day: str = ""
    walks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def function(self) -> str:
        return f"{self.table}_found"

    @property
    def signature(self) -> str:
        return f"{self.function}({ARGUMENTS})"

    @property
    def index(self) -> str:
        return f"{self.table}_keys"

    @property
    def keys(self) -> str:
        """The keys of a row, as an expression: what its columns hold, and the three-letter pieces of its words."""
        values = [f"'{name}=' || {self._text(name)}" for name in ("tenant_id", *self.keyed)]
        if self.day:
            seconds = f"extract(epoch FROM timezone('UTC', {self.day}))::bigint"
            values += [f"'{name}=' || ({seconds} / {86400 * days})::text" for name, days in (("day", 1), ("month", 32))]
        many = [name for name in self.people if self.columns[name].endswith("[]")]
        values += [self._text(name) for name in self.people if name not in many]
        parts = [f"ARRAY[{', '.join(values)}]", *(f"{name}::text[]" for name in many), "show_trgm(search_text)"]
        return f"(CASE WHEN {self.base} THEN {' || '.join(parts)} ELSE '{{}}' END)"

    def _text(self, name: str) -> str:
        return f"coalesce({name}::text, '')"


@dataclass(frozen=True)
class Found:
    """The keys of the rows from a place on, in their order, as the database gives them; and where looking for more
    ended (None: there are none)."""

    keys: list[Any]
    until: tuple[str, UUID] | None

    @property
    def ids(self) -> list[UUID]:
        return self.first(len(self.keys))

    def first(self, many: int) -> list[UUID]:
        """The ids of so many: a page reads a quarter of what it counts."""
        return [UUID(str(key)) for key in self.keys[:many]]


@dataclass(frozen=True)
class Search:
    """What is looked for in a table: words, and a rule beside them. `otherwise`: rows that need not have the words."""

    table: Searched
    text: str = ""
    rule: Rule = EVERYTHING
    otherwise: Rule | None = None

    def found(self, column: str, at: Cursor | None, descending: bool, most: int) -> Found:
        """At most so many rows from a place on in the order of this column. One statement."""
        place = (_told(at.value), str(at.id)) if at else (None, None)
        with connection.cursor() as cursor:
            query = FOUND.format(self.table.function)
            cursor.execute(query, [*self._asked(), column, descending, *place, most])
            ids, value, key = cursor.fetchone()
        return Found(_listed(ids), (value, UUID(str(key))) if key else None)

    def all(self, rows: QuerySet[Any], column: str) -> QuerySet[Any]:
        """All rows that are found, by the statement that reads them: for exports and what is done to many."""
        query = ALL_FOUND.format(self.table.function)
        return rows.filter(pk__in=RawSQL(query, [*self._asked(), column]))  # noqa: S611 - a text of ours

    def _asked(self) -> list[Any]:
        other = None if self.otherwise is None else Json(self.otherwise.words())
        return [search_words(self.text), Json(self.rule.words()), other]


def page_found(
    rows: QuerySet[Any],
    order: Order,
    search: Search,
    *,
    cursor: str = "",
    size: int = DEFAULT_SIZE,
    count: bool = False,
) -> Page:
    """One page of the rows that the search finds. `rows`: those behind wall and filters, with what the cells read.

    Two statements. Where looking ended early the page says so (`further`), has fewer rows, and a next one all the same.
    `count`: the first page counts the whole list up to `CAP`, unless looking ended before.
    """
    at = cursor_at(rows, order, cursor)
    forward = at.forward if at else True
    most = max(size + 1, CAP + 1) if count and not at else size + 1
    found = search.found(column_of(rows, order), at, order.descending == forward, most)
    ids = found.first(size + 1)
    read = {row.pk: row for row in rows.filter(pk__in=ids)} if ids else {}
    shown = [read[key] for key in ids if key in read]
    known = len(found.keys) if count and (not found.until or len(found.keys) > CAP) else None
    page = page_by(lambda *_: shown, order, at, size, counted=known)
    if at and not page.rows:
        _turns_back(page, at, order)
    if found.until and len(found.keys) <= size:
        _goes_on(page, found.until, field_of(rows, order), forward=forward)
    return page


def _turns_back(page: Page, at: Cursor, order: Order) -> None:
    """Let a page with nothing on it lead back to where it was asked for from: that row is on the page before it."""
    step = 1 if at.forward != order.descending else -1
    beside = UUID(int=min(max(at.id.int + step, 0), UUID("ff" * 16).int))
    back = replace(at, forward=not at.forward, id=beside).encode()
    page.newer, page.older = (back, None) if at.forward else (None, back)


def _goes_on(page: Page, until: tuple[str, UUID], column: Any, *, forward: bool) -> None:
    """Let the page end where looking for more ended, and its neighbour begin there."""
    passed = page.last_row if forward else page.first_row - 1
    page.further = Cursor(forward, _typed(column, until[0]), until[1], passed, page.counted).encode()
    if forward:
        page.older = page.further
    else:
        page.newer = page.further


def _typed(column: Any, text: str) -> Any:
    """A value of the column as PostgreSQL writes it."""
    match column.get_internal_type():
        case "DateTimeField":
            return parse_datetime(text)
        case "BooleanField":
            return text == "true"
    return column.to_python(text)


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def _listed(ids: Any) -> list[Any]:
    """An array of ids as psycopg2 gives it: a list where its type is registered, else its text."""
    return ids if isinstance(ids, list) else [one for one in ids.strip("{}").split(",") if one]
