"""Lists as XLSX files: dates are dates, numbers numbers, and a text is never a formula.

The file is written here and sent as it grows: a ZIP whose sheets are XML, one row after the other, and whose directory
comes last. So the first byte comes at once and memory stays flat, with nothing on the disk; a library that writes the
same costs half as much CPU again and sends nothing before the last row. Every cell is a number, a yes or no, or a text
(`inlineStr`): none is ever written as a formula or a link (OWASP).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header

from partnerhub.web.exports import CHUNK_BYTES, CHUNK_ROWS, NOT_IN_SHEETS, ExportRow, Inside

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_ROWS = 1_048_576
SHEET_BYTES = 1 << 30
"""How long the XML of a sheet gets: above two of these it would be a kind of ZIP that Excel takes for broken."""
CELL_LENGTH = 32_767
COLUMN_WIDTH = 18
DAYS_SINCE = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets count days without a zone
COUNTED_FROM = date(1900, 3, 1)
"""From here on all spreadsheets count the days alike; days before are written as text."""
# Text that stands in XML as it is, known at one look; what does not, sign by sign; and what would be read as a sign.
NOT_AS_IT_IS = r"\x00-\x1f\x7f&<>_\ufffe\uffff"
PLAIN_XML = re.compile(rf"[^\s{NOT_AS_IT_IS}](?:[^{NOT_AS_IT_IS}]*[^\s{NOT_AS_IT_IS}])?")
XML_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "_x000D_", "\ufffe": "_xFFFE_", "\uffff": "_xFFFF_"}
XML_SIGN = re.compile("[&<>\r\ufffe\uffff]")
READ_AS_SIGN = re.compile("_(?=x[0-9a-fA-F]{4}_)")
STYLE_BOLD, STYLE_DAY, STYLE_MOMENT = 1, 2, 3  # places in SHEET_STYLES

SHEET_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION_NS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
SHEET_END = "</sheetData></worksheet>"
PART_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML_BEGIN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET_STYLES = (
    f'{XML_BEGIN}<styleSheet {SHEET_NS}><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def xlsx_response(
    filename: str, header: ExportRow, rows: QuerySet[Any], row_of: Callable[[Any], ExportRow], *, inside: Inside
) -> StreamingHttpResponse:
    """A download of all rows of a queryset, as `row_of` writes each. `inside()` is entered while they are read."""
    language, zone = translation.get_language(), timezone.get_current_timezone()
    titles = [str(title) for title in header]

    def pieces() -> Iterator[bytes]:
        with translation.override(language), timezone.override(zone), inside():
            yield from xlsx_pieces(titles, (row_of(row) for row in rows.iterator(chunk_size=CHUNK_ROWS)))

    response = StreamingHttpResponse(pieces(), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, filename)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def xlsx_pieces(header: ExportRow, rows: Iterable[ExportRow]) -> Iterator[bytes]:
    """The file in pieces, the first at once. Where a sheet is full, the rows go on in the next."""
    out, left, sheets = _ZipOut(), iter(rows), 0
    with ZipFile(out, "w", ZIP_DEFLATED) as book:
        _begin_book(book)
        yield out.taken()
        first: ExportRow | None = next(left, None)
        while first is not None or not sheets:
            sheets += 1
            with book.open(f"xl/worksheets/sheet{sheets}.xml", "w") as sheet:
                for xml in sheet_xml(header, chain([] if first is None else [first], left)):
                    sheet.write(xml.encode())
                    if out.size >= CHUNK_BYTES:
                        yield out.taken()
            first = next(left, None)
        for name, xml in _sheet_parts(sheets):
            book.writestr(name, xml)
    yield out.taken()


def book_of(header: ExportRow, parts: Iterable[bytes]) -> Iterator[bytes]:
    """The file in pieces, of one sheet whose rows are XML already (`sheet_rows`)."""
    out = _ZipOut()
    with ZipFile(out, "w", ZIP_DEFLATED) as book:
        _begin_book(book)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for xml in chain([sheet_begin(header).encode()], parts, [SHEET_END.encode()]):
                sheet.write(xml)
                yield out.taken()
        for name, part in _sheet_parts(1):
            book.writestr(name, part)
    yield out.taken()


def _begin_book(book: ZipFile) -> None:
    book.writestr("_rels/.rels", _relations(f'Id="rId1" Type="{OFFICE_TYPES}/officeDocument" Target="xl/workbook.xml"'))
    book.writestr("xl/styles.xml", SHEET_STYLES)


class _ZipOut:
    """What the ZIP writes to: it is taken from here to be sent."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def write(self, piece: bytes | bytearray | memoryview, /) -> int:
        self._pieces.append(bytes(piece))
        self.size += len(self._pieces[-1])
        return len(self._pieces[-1])

    def flush(self) -> None:
        """Nothing waits here but for being taken."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        whole = b"".join(self._pieces)
        self._pieces, self.size = [], 0
        return whole


def sheet_xml(header: ExportRow, rows: Iterator[ExportRow]) -> Iterator[str]:
    """A sheet in pieces of some rows: its head row, which stays while the others scroll, and rows until it is full."""
    yield sheet_begin(header)
    write = _sheet_row_writer()
    piece, number, size = [], 1, 0
    for row in rows:
        number += 1
        piece.append(write(number, row))
        if number % 100 == 0 or number == SHEET_ROWS:
            yield (xml := "".join(piece))
            piece, size = [], size + len(xml)
            if number == SHEET_ROWS or size > SHEET_BYTES:
                break
    yield f"{''.join(piece)}{SHEET_END}"


def sheet_begin(header: ExportRow) -> str:
    """A sheet up to its first row of values."""
    titles = "".join(
        _text_cell(f"{column_letters(at)}1", str(title), f' s="{STYLE_BOLD}"') for at, title in enumerate(header)
    )
    return (
        f'{XML_BEGIN}<worksheet {SHEET_NS}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1"'
        ' topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15"/>'
        f'<cols><col min="1" max="{max(len(header), 1)}" width="{COLUMN_WIDTH}" customWidth="1"/></cols><sheetData>'
        f'<row r="1">{titles}</row>'
    )


def sheet_rows(rows: Iterable[ExportRow], *, since: int) -> Iterator[bytes]:
    """Rows alone, as XML. `since`: how many rows of values stand before them."""
    write = _sheet_row_writer()
    for number, row in enumerate(rows, since + 2):
        yield write(number, row).encode()


def column_letters(column: int) -> str:
    """What a spreadsheet calls a column, the first being 0: A … Z, AA …"""
    before, last = divmod(column, 26)
    return (column_letters(before - 1) if before else "") + chr(ord("A") + last)


def _sheet_row_writer() -> Callable[[int, ExportRow], str]:
    """(number, row) → its XML. Zone and column_letters are looked up once for all rows."""
    zone, names = timezone.get_current_timezone(), [column_letters(at) for at in range(200)]

    def write(number: int, row: ExportRow) -> str:
        cells = [
            _value_cell(f"{names[at] if at < 200 else column_letters(at)}{number}", value)
            for at, value in enumerate(row)
            if value is not None and value != ""
        ]
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _value_cell(place: str, value: Any) -> str:
        match value:
            case str():  # most are
                return _text_cell(place, str(value))
            case int() | Decimal() if isinstance(value, int) or value.is_finite():
                kind = ' t="b"' if isinstance(value, bool) else ""
                return f'<c r="{place}"{kind}><v>{value:.16G}</v></c>'
            case datetime():
                return _moment_cell(place, STYLE_MOMENT, value.astimezone(zone).replace(tzinfo=None))
            case date():
                return _moment_cell(place, STYLE_DAY, datetime.combine(value, time()))
        return _text_cell(place, str(value))

    return write


def _moment_cell(place: str, style: int, at: datetime) -> str:
    if at.date() < COUNTED_FROM:
        return _text_cell(place, at.date().isoformat() if style == STYLE_DAY else at.isoformat(" ", "minutes"))
    passed = at - DAYS_SINCE
    return f'<c r="{place}" s="{style}"><v>{passed.days + passed.seconds / 86400:.16G}</v></c>'


def _text_cell(place: str, text: str, style: str = "") -> str:
    space = ""
    if not PLAIN_XML.fullmatch(text):
        text = NOT_IN_SHEETS.sub("", text)[:CELL_LENGTH]
        space = ' xml:space="preserve"' if text != text.strip() else ""
        text = XML_SIGN.sub(lambda found: XML_SIGNS[found[0]], READ_AS_SIGN.sub("_x005F_", text))
    else:
        text = text[:CELL_LENGTH]
    return f'<c r="{place}"{style} t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _relations(*entries: str) -> str:
    listed = "".join(f"<Relationship {one}/>" for one in entries)
    return f"{XML_BEGIN}<Relationships {RELATION_NS}>{listed}</Relationships>"


def _sheet_parts(sheets: int) -> Iterator[tuple[str, str]]:
    """(name, XML) of the parts that say which sheets there are."""
    numbers = range(1, sheets + 1)
    listed = "".join(f'<sheet name="Sheet{one}" sheetId="{one}" r:id="rId{one}"/>' for one in numbers)
    parts = [
        ("workbook", "sheet.main"),
        ("styles", "styles"),
        *((f"worksheets/sheet{one}", "worksheet") for one in numbers),
    ]
    book = f'{XML_BEGIN}<workbook {SHEET_NS} xmlns:r="{OFFICE_TYPES}"><bookViews><workbookView/></bookViews>'
    yield "xl/workbook.xml", f"{book}<sheets>{listed}</sheets></workbook>"
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations(
            *(f'Id="rId{one}" Type="{OFFICE_TYPES}/worksheet" Target="worksheets/sheet{one}.xml"' for one in numbers),
            f'Id="rId{sheets + 1}" Type="{OFFICE_TYPES}/styles" Target="styles.xml"',
        ),
    )
    yield (
        "[Content_Types].xml",
        f'{XML_BEGIN}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/xl/{name}.xml" ContentType="{PART_KINDS}.{kind}+xml"/>' for name, kind in parts
        )
        + "</Types>",
    )
