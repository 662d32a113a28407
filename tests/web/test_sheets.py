"""XLSX files: dates are dates, numbers numbers, and no text is a formula."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from partnerhub.web import sheets
from partnerhub.web.sheets import write_xlsx

CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"


def cells(content: bytes, sheet: int = 1) -> dict[str, tuple[str, str]]:
    """(type, text) of each cell of a sheet, by its place."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        tree = ET.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314 - written by us
    return {one.get("r", ""): (one.get("t", "n"), "".join(one.itertext())) for one in tree.iter(CELL)}


def written(*rows: Any) -> bytes:
    with TemporaryFile() as file:
        write_xlsx(file, ["Head"], rows)
        file.seek(0)
        return file.read()


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", ("inlineStr", "=1+1")),
        ("https://example.org", ("inlineStr", "https://example.org")),
        ("+49 421 555", ("inlineStr", "+49 421 555")),
        ("bell\x07", ("inlineStr", "bell")),
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
