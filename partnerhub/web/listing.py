"""A list on its page: everything about it stands in the address, and each control is another address."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from partnerhub.web.lists import PAGE_SIZES, Column, Order, Page


class Address:
    """The list's address, and others that differ from it in one thing. A cursor does not outlive any change.

    `own` are the parameters of the list's filters, which its filter form sends itself.
    """

    def __init__(self, query: QueryDict, own: Iterable[str] = ()) -> None:
        self.query = query
        self.own = tuple(own)

    def with_(self, **values: str) -> str:
        return f"?{urlencode(self._all_but() | values, doseq=True)}"

    def without(self, *names: str) -> str:
        return f"?{urlencode(self._all_but(*names), doseq=True)}"

    def hidden(self, *names: str) -> list[tuple[str, str]]:
        """The parameters that a form beside the list has to carry along: all but these."""
        return [(name, value) for name, values in self._all_but(*names).items() for value in values]

    def _all_but(self, *names: str) -> dict[str, Any]:
        return {name: values for name, values in self.query.lists() if name != "cursor" and name not in names}

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the filters' form carries along."""
        return self.hidden(*self.own)

    @property
    def hidden_columns(self) -> list[tuple[str, str]]:
        """What the column chooser's form carries along."""
        return self.hidden("columns")

    @property
    def reset_columns(self) -> str:
        return self.without("columns")


def shown_of(columns: Sequence[Column], chosen: Sequence[str]) -> list[Column]:
    """The columns that are drawn: those chosen, or the usual ones."""
    if not chosen:
        return [column for column in columns if column.shown]
    return [column for column in columns if column.always or column.key in chosen]


def list_context(columns: Sequence[Column], order: Order, page: Page, size: int, address: Address) -> dict[str, Any]:
    """What every list template draws around its rows: heads, sorts, columns, pager."""
    shown = shown_of(columns, address.query.getlist("columns"))
    return {
        "page": page,
        "address": address,
        "heads": _heads(shown, order, address),
        "shown": {column.key for column in shown},
        "sorts": _sorts(columns, order, address),
        "columns": [
            {"key": column.key, "label": column.label, "always": column.always, "chosen": column in shown}
            for column in columns
        ],
        "pager": pager_of(page, size, address),
    }


def _heads(shown: Sequence[Column], order: Order, address: Address) -> list[dict[str, Any]]:
    """The head cells: pressing the sorted column turns its order."""
    heads = []
    for column in shown:
        is_sorted = column == order.column
        turned = f"-{column.key}" if is_sorted and not order.descending else column.key
        heads.append(
            {
                "key": column.key,
                "label": column.label,
                "css": column.css,
                "url": address.with_(sort=turned) if column.sort else "",
                "aria": ("descending" if order.descending else "ascending") if is_sorted else "",
            }
        )
    return heads


def _sorts(columns: Sequence[Column], order: Order, address: Address) -> dict[str, Any]:
    """The orders as a menu, for where the rows are cards and there is no head."""
    entries = []
    current = ""
    for column in columns:
        if not column.sort:
            continue
        for descending in (False, True):
            wanted = Order(column, descending)
            words = {"label": column.label, "way": _("descending") if descending else _("ascending")}
            label = _("%(label)s, %(way)s") % words
            entries.append({"label": label, "url": address.with_(sort=wanted.parameter), "current": wanted == order})
            current = label if wanted == order else current
    return {"entries": entries, "current": current}


def pager_of(page: Page, size: int, address: Address) -> dict[str, Any]:
    """The foot of a list: its neighbours, and how many rows a page has."""
    return {
        "first_row": page.first_row,
        "last_row": page.last_row,
        "newer_url": address.with_(cursor=page.newer) if page.newer else None,
        "older_url": address.with_(cursor=page.older) if page.older else None,
        "size": size,
        "sizes": PAGE_SIZES,
        "hidden": address.hidden("size"),
    }
