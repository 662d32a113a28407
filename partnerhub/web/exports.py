"""CSV (RFC 4180), streamed, with cells that no spreadsheet takes for a formula."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.timezone import localtime

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}")
ROWS_AT_ONCE = 500

Scope = Callable[[], AbstractContextManager[Any]]


class _Echo:
    """A file that gives back what is written, so that the csv module can be drawn from."""

    def write(self, text: str) -> str:
        return text


def safe_cell(value: Any) -> Any:
    """A cell as a spreadsheet may read it: numbers and dates as they are, text that looks like a formula quoted (OWASP)."""
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, datetime):
        return localtime(value).isoformat(sep=" ", timespec="minutes")[:16]
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def csv_lines(heads: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The file in pieces of some hundred rows; begins with a byte order mark, which spreadsheets need for UTF-8."""
    writer = csv.writer(_Echo())
    piece = [BOM, writer.writerow([safe_cell(str(head)) for head in heads])]
    for row in rows:
        piece.append(writer.writerow([safe_cell(value) for value in row]))
        if len(piece) >= ROWS_AT_ONCE:
            yield "".join(piece).encode()
            piece = []
    yield "".join(piece).encode()


def csv_response(
    name: str, heads: Sequence[Any], rows: Callable[[], Iterable[Sequence[Any]]], *, scope: Scope
) -> StreamingHttpResponse:
    """A download that is written while it is read.

    Streaming runs after the request's transaction, so `scope` enters the tenant anew, and `rows` is asked inside it.
    """

    def pieces() -> Iterator[bytes]:
        with scope():
            yield from csv_lines(heads, rows())

    response = StreamingHttpResponse(pieces(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{iri_to_uri(name)}"
    return response
