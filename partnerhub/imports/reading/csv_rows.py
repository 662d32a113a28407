"""CSV as people's programs write it: the encoding and the separator are found out, the rows come one by one."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from django.core.files.base import File
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerhub.imports.reading.bounds import MOST_CELL, MOST_FILE_COLUMNS, NumberedRow, refuse_file
from partnerhub.web.formats import number_text

SAMPLE_BYTES = 64 * 1024
SAMPLE_ROWS = 20
SAMPLE_LINES = 500
MOST_LINE = MOST_FILE_COLUMNS * (MOST_CELL + 3)
SEPARATORS = (",", ";", "\t", "|")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
ONE_BYTE = ("cp1252", "cp1250", "iso8859-2")
"""Of one byte a sign: the first that fits best is taken."""
IN_THE_EAST = frozenset({"pl", "cs", "sk", "hu", "sl", "hr", "ro"})
# What is no letter beside a letter, or one of the C1 controls: so a text looks in an encoding that is not its own.
ODD = re.compile(
    r"(?<=[^\W\d_])[\u00a1-\u00bf\u00d7\u00f7\u02c7-\u02dd\u0080-\u009f]|[\u00a1-\u00bf\u02c7-\u02dd](?=[^\W\d_])"
)


def csv_rows(content: "File[bytes]") -> tuple[str, Iterator[NumberedRow]]:
    """The separator, and the rows with their numbers, as the program wrote them that made the file.

    Raises Refused, also while the rows are read, where it cannot be read.
    """
    encoding = encoding_of(content)
    content.seek(0)
    sample = codecs.getincrementaldecoder(encoding)("replace").decode(content.read(SAMPLE_BYTES))
    separator = separator_of(sample)
    return separator, _rows(content, encoding, separator)


def encoding_of(content: "File[bytes]") -> str:
    """The mark at the beginning says it; else it is UTF-8 where all of it can be that; else the likeliest old one."""
    content.seek(0)
    head = content.read(4)
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    return "utf-8" if _is_utf8(content) else _likeliest(content)


def _is_utf8(content: "File[bytes]") -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    content.seek(0)
    try:
        for chunk in content.chunks():
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _likeliest(content: "File[bytes]") -> str:
    """Of the encodings of one byte a sign the one in which the letters look like words, judged by some lines."""
    content.seek(0)
    lines = [line for line in _lines_of(content) if not line.isascii()][:SAMPLE_LINES]
    sample = b"\n".join(lines)
    if (get_language() or "")[:2] in IN_THE_EAST:
        return min(("cp1250", "iso8859-2", "cp1252"), key=lambda name: _oddness(sample, name))
    return min(ONE_BYTE, key=lambda name: _oddness(sample, name))


def _lines_of(content: "File[bytes]") -> Iterator[bytes]:
    for chunk in content.chunks():
        yield from chunk.splitlines()


def _oddness(sample: bytes, encoding: str) -> int:
    text = sample.decode(encoding, "replace")
    return len(ODD.findall(text)) + 2 * text.count("\ufffd")


def separator_of(sample: str) -> str:
    """The separator with which the first rows have the same number of columns, and the most of them."""
    return max(SEPARATORS, key=lambda separator: _fit(sample, separator))


def _fit(sample: str, separator: str) -> tuple[int, int]:
    """(how many rows have as many columns as the first one, how many columns that are); nothing for one column."""
    try:
        rows = [row for row, _at in zip(csv.reader(io.StringIO(sample), delimiter=separator), range(SAMPLE_ROWS))]  # noqa: B905 - the shorter ends it
    except csv.Error:
        return 0, 0
    width = len(rows[0]) if rows else 0
    alike = sum(len(row) == width for row in rows)
    return (alike, width) if width > 1 else (0, 0)


def _rows(content: "File[bytes]", encoding: str, separator: str) -> Iterator[NumberedRow]:
    content.seek(0)
    number = 0
    with _text_of(content, encoding) as text:
        reader = csv.reader(_bounded_lines(text), delimiter=separator)
        while True:
            try:
                cells = next(reader, None)
            except (csv.Error, UnicodeDecodeError):
                words = _("Row %(number)s cannot be read. Look whether a quotation mark is missing there.")
                refuse_file("unreadable", words % {"number": number_text(number + 1)})
            if cells is None:
                return
            number += 1
            yield number, cells


def _bounded_lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a file. Raises Refused for one that is longer than any row may be, before it is read as a whole."""
    while line := text.readline(MOST_LINE):
        if len(line) == MOST_LINE and not line.endswith("\n"):
            refuse_file("line", _("The file has a line that is too long. Look whether its rows end in line breaks."))
        yield line


@contextmanager
def _text_of(content: "File[bytes]", encoding: str) -> Iterator[io.TextIOWrapper]:
    """The file as text, decoded while it is read; it stays open afterwards."""
    text = io.TextIOWrapper(cast("BinaryIO", content.file), encoding=encoding, newline="")
    try:
        yield text
    finally:
        text.detach()
