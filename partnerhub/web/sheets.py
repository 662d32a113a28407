"""Lists as XLSX files: dates are dates, numbers numbers, and a text is never a formula.

XlsxWriter writes row by row to a file on the disk (`constant_memory`), so memory stays flat however many rows there
are; openpyxl's write-only mode does so too, at one and a half times the CPU. The file is a ZIP whose directory comes
last, so it is sent once it is whole.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from xlsxwriter import Workbook

from partnerhub.web.exports import CHUNK_BYTES, CHUNK_ROWS, NOT_IN_SHEETS, ExportRow, Inside

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORKBOOK_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}
SHEET_ROWS = 1_048_576
CELL_LENGTH = 32_767
COLUMN_WIDTH = 18


def xlsx_response(
    filename: str, header: ExportRow, rows: QuerySet[Any], row_of: Callable[[Any], ExportRow], *, inside: Inside
) -> StreamingHttpResponse:
    """A download of all rows of a queryset, as `row_of` writes each. `inside()` is entered while they are read."""
    language, zone = translation.get_language(), timezone.get_current_timezone()
    titles = [str(title) for title in header]

    def pieces() -> Iterator[bytes]:
        with TemporaryFile() as file:
            with translation.override(language), timezone.override(zone), inside():
                write_xlsx(file, titles, (row_of(row) for row in rows.iterator(chunk_size=CHUNK_ROWS)))
            file.seek(0)
            while piece := file.read(CHUNK_BYTES):
                yield piece

    response = StreamingHttpResponse(pieces(), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, filename)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def write_xlsx(file: IO[bytes], header: ExportRow, rows: Iterable[ExportRow]) -> None:
    """Write the file; where a sheet is full, the rows go on in the next."""
    with Workbook(file, WORKBOOK_OPTIONS) as book:
        sheet, number = _Sheet(book, header), 1
        for row in rows:
            if number == SHEET_ROWS:
                sheet, number = _Sheet(book, header), 1
            sheet.write(number, row)
            number += 1


class _Sheet:
    """A sheet with its head row, which stays while the rows scroll."""

    def __init__(self, book: Workbook, header: ExportRow) -> None:
        self.sheet = book.add_worksheet()
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.sheet.set_column(0, max(len(header) - 1, 0), COLUMN_WIDTH)
        self.sheet.freeze_panes(1, 0)
        for column, title in enumerate(header):
            self.sheet.write_string(0, column, str(title), book.add_format({"bold": True}))

    def write(self, number: int, row: ExportRow) -> None:
        for column, value in enumerate(row):
            self._cell(number, column, value)

    def _cell(self, number: int, column: int, value: Any) -> None:
        match value:
            case None | "":
                return
            case bool():
                self.sheet.write_boolean(number, column, value)
            case int() | Decimal():
                self.sheet.write_number(number, column, value)
            case datetime():
                at = timezone.localtime(value).replace(tzinfo=None)
                self.sheet.write_datetime(number, column, at, self.moment)
            case date():
                self.sheet.write_datetime(number, column, value, self.day)
            case _:
                self.sheet.write_string(number, column, NOT_IN_SHEETS.sub("", str(value))[:CELL_LENGTH])
