"""The columns of a list, and the order in which it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise

from partnerhub.web.lists.cells import NO_CELL, Cell, Control


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a list, as it is declared once: a column is like no other.

    `sort` is the model's field, indexed behind the tenant; empty: the column does not sort. `cell` writes what stands
    in it. `side`: the only side that has the column; empty: both. Not `shown` ones have to be chosen; `always` ones
    cannot be left out, and the first of them is the key of its row. `css` are the classes of its head and its cells,
    `wide` that of its head alone, which says how wide the column is. `settled_by`: the filter whose single value all
    rows then share in this column. `filed` writes what stands in it in a file, where that is something else.
    """

    key: str
    label: str | Promise
    sort: str = ""
    css: str = ""
    wide: str = ""
    always: bool = False
    shown: bool = True
    side: str = ""
    cell: Cell = NO_CELL
    settled_by: str = ""
    filed: Cell | None = None

    @property
    def classes(self) -> str:
        """As its head and its cells have them; what is pressed stands on no paper."""
        return f"{self.css} control".strip() if isinstance(self.cell, Control) else self.css

    @property
    def in_files(self) -> "Column":
        """The column as a file has it."""
        return replace(self, cell=self.filed, filed=None) if self.filed else self


@dataclass(frozen=True)
class Order:
    """Which column rules the order, and which way. The id breaks ties the same way."""

    column: Column
    descending: bool

    @property
    def parameter(self) -> str:
        return f"-{self.column.key}" if self.descending else self.column.key

    @property
    def fields(self) -> list[str]:
        """As a queryset takes it."""
        sign = "-" if self.descending else ""
        return [f"{sign}{self.column.sort}", f"{sign}id"]


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


def shown_of(columns: Sequence[Column], chosen: Sequence[str]) -> list[Column]:
    """The columns that are drawn: those chosen, in the order in which they were; or the usual ones."""
    by_key = {column.key: column for column in columns}
    wanted = [by_key[key] for key in dict.fromkeys(chosen) if key in by_key]
    if not wanted:
        return [column for column in columns if column.shown or column.always]
    return [*(column for column in columns if column.always and column not in wanted), *wanted]
