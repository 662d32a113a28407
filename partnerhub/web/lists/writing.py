"""The rows of a list as markup, and as rows of a spreadsheet."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from partnerhub.web.lists.bulk import mark_of
from partnerhub.web.lists.cells import Look
from partnerhub.web.lists.columns import Column

UNLABELLED = "state"
"""The class of a column that a card shows beside its heading, without its label (table.css)."""


def write_rows(
    columns: Sequence[Column], rows: Sequence[Any], look: Look, *, pick: bool = False, named: bool = True
) -> SafeString:
    """The body of the table. The first column that always stands there is the key of its row.

    `pick`: a box before each row, by which it is selected. `named`: an address can lead to the row, by its id.
    """
    key = next((column for column in columns if column.always), columns[0])
    cells = [(_opening(column, column is key), column.cell.html(look), _end(column is key)) for column in columns]
    box = _box(key, look) if pick else lambda row: ""
    before, after = ('<tr id="row-', '">') if named else ('<tr data-of="', '">')
    html = [
        f"{before}{row.pk}{after}{box(row)}"
        f"{''.join([f'{opening}{write(row)}{end}' for opening, write, end in cells])}</tr>\n"
        for row in rows
    ]
    return mark_safe("".join(html))  # noqa: S308 - every value is escaped where its cell is written


def _box(key: Column, look: Look) -> Callable[[Any], str]:
    read, words = key.cell.value(look), _("Select %(row)s")
    start = '<td class="pick"><label><input type="checkbox" form="bulk" name="row"'
    return lambda row: f'{start} value="{mark_of(row)}" aria-label="{escape(words % {"row": read(row)})}"></label></td>'


def _opening(column: Column, is_key: bool) -> str:
    if is_key:
        return '<th scope="row">'
    css = f' class="{column.classes}"' if column.classes else ""
    label = "" if UNLABELLED in column.css.split() else f' data-label="{escape(str(column.label))}"'
    return f"<td{label}{css}>"


def _end(is_key: bool) -> str:
    return "</th>" if is_key else "</td>"


def row_values(columns: Sequence[Column], look: Look) -> Callable[[Any], list[Any]]:
    """(row) → what a spreadsheet gets of it."""
    readers = [column.cell.value(look) for column in columns]
    return lambda row: [read(row) for read in readers]
