"""Lists as CSV files: streamed, safe to open in a spreadsheet, exactly what is filtered.

The rows are read after the request is over, outside its transaction; so the caller says how to enter the tenant
again (`inside`), and the rows come through a server-side cursor: memory stays flat however many there are.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header

CSV = "text/csv"
CHUNK_ROWS = 2000
CHUNK_BYTES = 32 * 1024
BOM = "\ufeff"
# A cell that begins like this is a formula to a spreadsheet, full-width signs included. Where the reader's list
# separator is a semicolon or a tab, or a quoted line break is not understood, a cell begins after those too.
FORMULA = re.compile(r"((?:^|(?<=[;\t\r\n]))(?:[^\S\t\r\n]|[\ufeff\u200b])*)(?=[=+\-@\t\r＝＋－＠])")
# What begins like one and can't be any: a number, and a phone number, which has a space behind its country code. A
# spreadsheet takes the first for a number, the second for text, as they are.
NUMBER_SHAPE = re.compile(
    r"[+-][0-9]+(?:[.,][0-9]+)*|\+[0-9]{1,4}(?: (?:\([0-9]+\)|[0-9]+)(?:[-./][0-9]+)*)+(?: ext\. [0-9]+)?"
)
# Begins with a letter or a digit, and nothing in it begins a cell or cannot be read: most text, known at one look.
PLAIN_TEXT = re.compile(r"[^\W_][^;\x00-\x1f\x7f]*")
NOT_IN_SHEETS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

ExportRow = Sequence[Any]
Inside = Callable[[], AbstractContextManager[Any]]


def safe_cell(value: Any) -> str | int | Decimal:
    """A cell that no spreadsheet takes for a formula (OWASP): text gets an apostrophe before whatever would begin one.

    Text that can't be a formula stays as it is, `+47 22 00 00 00` and `-5` too. Numbers stay numbers, days and moments
    are written as ISO 8601 (in the current zone), None is empty.
    """
    if value is None:
        return ""
    match value:
        case str():  # most are, and first
            pass
        case bool():
            return str(value).lower()
        case int() | Decimal():
            return value
        case datetime():
            return timezone.localtime(value).replace(tzinfo=None).isoformat(" ", "minutes")
        case date():
            return value.isoformat()
    return _safe_text(str(value))


def _safe_text(text: str) -> str:
    if PLAIN_TEXT.fullmatch(text):
        return text
    readable = NOT_IN_SHEETS.sub("", text)
    return readable if NUMBER_SHAPE.fullmatch(readable) else FORMULA.sub(r"\1'", readable)


def csv_lines(
    header: ExportRow, rows: Iterable[ExportRow], *, bom: bool = True, separator: str = ","
) -> Iterator[bytes]:
    """The file in pieces (RFC 4180, UTF-8), the heading at once. `bom` lets Excel see that it is UTF-8."""
    yield from csv_body([header], start=BOM if bom else "", separator=separator)
    yield from csv_body(rows, separator=separator)


def csv_body(rows: Iterable[ExportRow], *, start: str = "", separator: str = ",") -> Iterator[bytes]:
    """Rows alone, in pieces, behind what the file starts with."""
    out = io.StringIO(start, newline="")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out, delimiter=separator)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
        if out.tell() >= CHUNK_BYTES:
            yield _taken(out)
    if out.tell():
        yield _taken(out)


def csv_response(
    filename: str,
    header: ExportRow,
    rows: QuerySet[Any],
    row_of: Callable[[Any], ExportRow],
    *,
    inside: Inside,
    bom: bool = True,
) -> StreamingHttpResponse:
    """A download of all rows of a queryset, as `row_of` writes each.

    `inside()` is entered while the rows are read: `lambda: tenant_scope(…)` of who asked. Words and times are in the
    language and the zone of now, though they are written later.
    """
    language, zone = translation.get_language(), timezone.get_current_timezone()
    titles = [str(title) for title in header]

    def pieces() -> Iterator[bytes]:
        with translation.override(language), timezone.override(zone), inside():
            found = rows.iterator(chunk_size=CHUNK_ROWS)
            yield from csv_lines(titles, (row_of(row) for row in found), bom=bom)

    response = StreamingHttpResponse(pieces(), content_type=f"{CSV}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, filename)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()
