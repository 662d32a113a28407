"""XLSX files: dates are dates, numbers numbers, and no text is a formula."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.utils.safestring import mark_safe

from partnerhub.web import sheets
from partnerhub.web.sheets import column_letters, xlsx_pieces

CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"


def cells(content: bytes, sheet: int = 1) -> dict[str, tuple[str, str]]:
    """(type, text) of each cell of a sheet, by its place."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        tree = ET.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314 - written by us
    return {one.get("r", ""): (one.get("t", "n"), "".join(one.itertext())) for one in tree.iter(CELL)}


def written(*rows: Any) -> bytes:
    return b"".join(xlsx_pieces(["Head"], rows))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", ("inlineStr", "=1+1")),
        ("https://example.org", ("inlineStr", "https://example.org")),
        ("+49 421 555", ("inlineStr", "+49 421 555")),
        ("bell\x07", ("inlineStr", "bell")),
        (" a <b> & c\n", ("inlineStr", " a <b> & c\n")),
        ("_x0041_ \r \uffff", ("inlineStr", "_x005F_x0041_ _x000D_ _xFFFF_")),
        (mark_safe("R&D"), ("inlineStr", "R&D")),
        (Decimal("NaN"), ("inlineStr", "NaN")),
        (date(1887, 1, 2), ("inlineStr", "1887-01-02")),
        (7, ("n", "7")),
        (Decimal("450.50"), ("n", "450.50")),
        (date(2026, 11, 17), ("n", "46343")),
        (datetime(2026, 11, 17, 12, 0, tzinfo=UTC), ("n", "46343.5")),
        (True, ("b", "1")),
    ],
)
def test_each_value_keeps_its_type(value: Any, cell: tuple[str, str]) -> None:
    assert cells(written([value]))["A2"] == cell


def test_what_is_too_long_is_cut_off_and_nothing_is_empty() -> None:
    found = cells(written([None, "x" * 40_000]))
    assert "A2" not in found
    assert len(found["B2"][1]) == 32_767


def test_the_rows_go_on_in_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "SHEET_ROWS", 3)
    content = written([1], [2], [3])
    assert cells(content, 1)["A3"] == ("n", "2")
    assert cells(content, 2)["A2"] == ("n", "3")
    assert cells(content, 2)["A1"] == ("inlineStr", "Head")


def test_a_sheet_of_many_bytes_is_full_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "SHEET_BYTES", 10)
    content = written(*([number] for number in range(250)))
    assert [len(cells(content, sheet)) for sheet in (1, 2, 3)] == [100, 100, 53]


def test_the_file_is_sent_as_it_grows() -> None:
    """Of rows without end it begins at once, and goes on; nothing is kept but what is not sent yet."""
    asked: list[int] = []

    def endless() -> Iterator[list[str]]:
        for number in count():
            asked.append(number)
            yield [f"{number} {hash(str(number))}"] * 20

    pieces = xlsx_pieces(["Head"], endless())
    assert next(pieces).startswith(b"PK")
    assert not asked
    assert len(next(pieces)) < 200_000
    assert len(asked) < 5_000


def test_columns_have_a_spreadsheets_names() -> None:
    assert [column_letters(at) for at in (0, 25, 26, 51, 701, 702)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]
