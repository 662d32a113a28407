"""The first sheet of an XLSX file, row by row: its XML is never held as a whole (ECMA-376 part 1, 18.3).

The archive was looked into before (`notes.uploads.office`): what it unpacks to is bounded, nothing in it is encrypted,
and no part shrinks like a bomb.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from xml.parsers import expat

from django.core.files.base import File
from django.utils.translation import gettext as _

from partnerhub.imports.reading.bounds import MOST_CELL, MOST_FILE_COLUMNS, NumberedRow, refuse_file
from partnerhub.notes.uploads.office import DAMAGED

PIECE_BYTES = 64 * 1024
MOST_SHARED = 32 * 1024 * 1024
MOST_SMALL = 4 * 1024 * 1024
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
DATE_FORMATS = frozenset({*range(14, 23), *range(45, 48)})
IN_QUOTES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
SIGN = re.compile("_x([0-9a-fA-F]{4})_")
EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - spreadsheets count days without a zone
LONGEST_POWER = 30  # a number with more zeros than that stays as it is written
MISSHAPEN = (*DAMAGED, expat.ExpatError, LookupError, StopIteration)


def xlsx_rows(content: "File[bytes]") -> Iterator[NumberedRow]:
    """The rows of the first sheet with their numbers. Raises Refused where it cannot be read."""
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            book = _Book(archive)
            yield from book.rows()
    except MISSHAPEN:
        refuse_file("damaged", _("The workbook cannot be read. Save it again as .xlsx, or as CSV, and upload that."))


class _Tags:
    """A parser that hands over each element's name, attributes and text; a document type is refused, as OPC has it."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _doctype(self, *_args: object) -> None:
        raise ValueError("a document type")

    def _start(self, name: str, has: dict[str, str]) -> None:
        self.start(name.rpartition(" ")[2], has)

    def _end(self, name: str) -> None:
        self.end(name.rpartition(" ")[2])

    def start(self, name: str, has: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


ReaderT = TypeVar("ReaderT", bound=_Tags)


class _Found(_Tags):
    """The attributes of all elements of some names."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self.names, self.found = names, list[tuple[str, dict[str, str]]]()

    def start(self, name: str, has: dict[str, str]) -> None:
        if name in self.names:
            self.found.append((name, {key.rpartition(" ")[2]: value for key, value in has.items()}))


class _Formats(_Tags):
    """Which of a workbook's cell styles are dates."""

    def __init__(self) -> None:
        super().__init__()
        self.own, self.are_dates, self.inside = dict[int, str](), list[bool](), False

    def start(self, name: str, has: dict[str, str]) -> None:
        if name == "numFmt":
            self.own[int(has["numFmtId"])] = has.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            number = int(has.get("numFmtId", 0))
            code = IN_QUOTES.sub("", self.own.get(number, "")).lower()
            self.are_dates.append(number in DATE_FORMATS or bool(re.search("[ymdh]", code)))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False


class _Shared(_Tags):
    """The texts that cells refer to by number."""

    def __init__(self) -> None:
        super().__init__()
        self.texts, self.parts, self.keeps, self.quiet = list[str](), list[str](), False, 0

    def start(self, name: str, has: dict[str, str]) -> None:
        if name == "si":
            self.parts = []
        elif name == "rPh":
            self.quiet += 1
        self.keeps = name == "t" and not self.quiet

    def end(self, name: str) -> None:
        self.keeps = False
        if name == "rPh":
            self.quiet -= 1
        elif name == "si":
            self.texts.append(_signs("".join(self.parts))[: MOST_CELL + 1])

    def text(self, data: str) -> None:
        if self.keeps:
            self.parts.append(data)


class _Sheet(_Tags):
    """The rows of a sheet, taken away as they are complete."""

    def __init__(self, book: "_Book") -> None:
        super().__init__()
        self.book, self.ready, self.number, self.cells = book, list[NumberedRow](), 0, list[str]()
        self.kind, self.style, self.at, self.parts, self.keeps, self.size = "", 0, 0, list[str](), False, 0

    def start(self, name: str, has: dict[str, str]) -> None:
        if name == "row":
            self.number, self.cells = int(has.get("r", self.number + 1)), []
        elif name == "c":
            found = PLACE.fullmatch(has.get("r", ""))
            self.at = _column(found[1]) if found else len(self.cells)
            self.kind, self.style, self.parts, self.size = has.get("t", "n"), int(has.get("s", 0)), [], 0
        self.keeps = name in {"v", "t"}

    def end(self, name: str) -> None:
        self.keeps = False
        if name == "c" and self.at <= MOST_FILE_COLUMNS:
            self.cells += [""] * (self.at - len(self.cells))
            self.cells.append(self.book.cell(self.kind, self.style, "".join(self.parts)))
        elif name == "row":
            self.ready.append((self.number, self.cells))

    def text(self, data: str) -> None:
        if self.keeps and self.size <= MOST_CELL:
            self.parts.append(data)
            self.size += len(data)

    def taken(self) -> list[NumberedRow]:
        rows, self.ready = self.ready, []
        return rows


class _Book:
    """A workbook: which sheet is the first, what its cells refer to."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {name.lower().lstrip("/"): name for name in archive.namelist()}
        main = self._related("_rels/.rels", "officeDocument")[0]
        folder, _slash, file = main.rpartition("/")
        self.folder = f"{folder}/" if folder else ""
        rels = f"{self.folder}_rels/{file}.rels"
        book = self._small(main, _Found("workbookPr", "sheet"))
        self.sheet = self._sheet_of(book.found, rels)
        self.epoch = EPOCH_1904 if any(has.get("date1904") in {"1", "true"} for _name, has in book.found) else EPOCH
        self.texts = self._part(rels, "sharedStrings", _Shared(), MOST_SHARED).texts
        self.are_dates = self._part(rels, "styles", _Formats(), MOST_SMALL).are_dates

    def rows(self) -> Iterator[NumberedRow]:
        sheet = _Sheet(self)
        with self.archive.open(self.names[self.sheet.lower()]) as xml:
            while piece := xml.read(PIECE_BYTES):
                sheet.parser.Parse(piece, False)
                yield from sheet.taken()
            sheet.parser.Parse(b"", True)
        yield from sheet.taken()

    def cell(self, kind: str, style: int, text: str) -> str:
        """A cell as it is read: days as ISO 8601, numbers without what only a computer adds."""
        match kind:
            case "s":
                return self.texts[int(text)] if text else ""
            case "inlineStr" | "str":
                return _signs(text)
            case "b":
                return "yes" if text == "1" else "no"
            case "e" | "d":  # an error of a formula says nothing
                return text.partition("T")[0] if kind == "d" else ""
        if style < len(self.are_dates) and self.are_dates[style]:
            return self._day(text)
        return _number(text)

    def _day(self, text: str) -> str:
        try:
            return (self.epoch + timedelta(days=float(text))).date().isoformat()
        except (ValueError, OverflowError):
            return text

    def _sheet_of(self, found: list[tuple[str, dict[str, str]]], rels: str) -> str:
        first = next(has["id"] for name, has in found if name == "sheet" and has.get("state", "visible") == "visible")
        links = self._small(rels, _Found("Relationship")).found
        return next(self._below(has["Target"]) for _name, has in links if has["Id"] == first)

    def _related(self, rels: str, kind: str) -> list[str]:
        links = self._small(rels, _Found("Relationship")).found
        return [has["Target"].lstrip("/") for _name, has in links if has["Type"].endswith(f"/{kind}")]

    def _below(self, target: str) -> str:
        return target.lstrip("/") if target.startswith("/") else f"{self.folder}{target.removeprefix('./')}"

    def _part(self, rels: str, kind: str, reader: ReaderT, most: int) -> ReaderT:
        for target in self._related(rels, kind):
            name = target if target.lower() in self.names else f"{self.folder}{target}"
            return self._small(name, reader, most)
        return reader

    def _small(self, part: str, reader: ReaderT, most: int = MOST_SMALL) -> ReaderT:
        """Hand a part to a reader whole. Raises Refused where it is too large."""
        entry = self.archive.getinfo(self.names[part.lower()])
        if entry.file_size > most:
            refuse_file(
                "unpacked", _("The workbook is too large when unpacked. Save the sheet as CSV, and upload that.")
            )
        with self.archive.open(entry) as xml:
            while piece := xml.read(PIECE_BYTES):
                reader.parser.Parse(piece, False)
            reader.parser.Parse(b"", True)
        return reader


def _column(letters: str) -> int:
    """The place of a column, the first being 0."""
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - ord("A") + 1
    return at - 1


def _signs(text: str) -> str:
    """Signs that XML cannot hold are written by their number."""
    return SIGN.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _number(text: str) -> str:
    try:
        value = Decimal(text)
        if abs(value.adjusted()) > LONGEST_POWER:
            return text
        return f"{value.quantize(Decimal(1)):f}" if value == value.to_integral_value() else f"{value.normalize():f}"
    except InvalidOperation:
        return text
