"""A file of rows: its headings, and the rows below them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from partnerhub.imports.reading.bounds import NumberedRow, bounded, refuse_file
from partnerhub.imports.reading.csv_rows import csv_rows
from partnerhub.imports.reading.xlsx_rows import xlsx_rows
from partnerhub.notes.uploads import accept
from partnerhub.web.fields import UNPRINTABLE

LONGEST_HEADING = 100
# What our own downloads write before a formula, so that no spreadsheet runs it (`web.exports.safe_cell`).
GUARDED = re.compile(r"\A'(?=[=+\-@＝＋－＠])")


@dataclass(frozen=True)
class ReadFile:
    """`separator` is empty for a workbook. `rows` come one by one, once."""

    name: str
    digest: str
    separator: str
    headings: list[str]
    rows: Iterator[NumberedRow]


def read_file(upload: object) -> ReadFile:
    """Look at an uploaded file, and begin to read it. Raises Refused, also while the rows are read."""
    file = accept(upload)
    if file.is_held_back:
        refuse_file("unscanned", _("The file could not be checked for viruses just now. Try again in a moment."))
    separator = ""
    match file.content_type:
        case "text/csv" | "text/plain":
            separator, rows = csv_rows(file.content)
        case kind if kind.endswith("spreadsheetml.sheet"):
            rows = xlsx_rows(file.content)
        case _:
            refuse_file("type", _("Choose a CSV file or an Excel workbook (.xlsx)."))
    found = bounded((number, [_plain(cell) for cell in cells]) for number, cells in rows)
    head, first = next(found, None), next(found, None)
    if head is None or first is None:
        refuse_file("no-rows", _("The file has no rows below its headings. The first row names the columns."))
    headings = [cell[:LONGEST_HEADING] for cell in head[1]]
    return ReadFile(file.name, file.sha256, separator, headings, chain([first], found))


def _plain(cell: str) -> str:
    """Without what cannot be kept or seen, and without the guard of our own downloads."""
    return GUARDED.sub("", UNPRINTABLE.sub("", cell)) if cell else cell
