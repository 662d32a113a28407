"""A file that leaves the house: complete, readable, and harmless in a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from partnerhub.web.exports import CHUNK_BYTES, NUMBER_SHAPE, csv_lines, csv_response, safe_cell
from partnerhub.web.phones import phone_cell


def read(pieces: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 421 555", "+49 421 555"),
        ("+47 22000000", "+47 22000000"),
        ("+49 40 5550731 ext. 12", "+49 40 5550731 ext. 12"),
        ("+1 201-555-0123", "+1 201-555-0123"),
        ("+1 (201) 555-0123", "+1 (201) 555-0123"),
        ("+4722000000", "+4722000000"),
        ("-5", "-5"),
        ("-1,234.50", "-1,234.50"),
        ("+1-201-555", "'+1-201-555"),
        ("+49 421 555|' /C calc'!A0", "'+49 421 555|' /C calc'!A0"),
        ("+47 22 A1", "'+47 22 A1"),
        ("+47 (22", "'+47 (22"),
        ("+1 2=3", "'+1 2=3"),
        ("+47 22;=1+1", "'+47 22;'=1+1"),
        ("+47 22\n=1+1", "'+47 22\n'=1+1"),
        ("-2+3", "'-2+3"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "  '=1+1"),
        ("\t=1+1", "'\t'=1+1"),
        ("\r=1+1", "'\r'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("a;=1+1;b", "a;'=1+1;b"),
        ("a\n=1+1", "a\n'=1+1"),
        ("a = b - c", "a = b - c"),
        ("Łódź, ul. Piotrkowska", "Łódź, ul. Piotrkowska"),
        ("bell\x07", "bell"),
        ("", ""),
    ],
)
def test_text_never_begins_a_formula(text: str, cell: str) -> None:
    assert safe_cell(text) == cell


@pytest.mark.parametrize(
    ("kept", "cell"),
    [
        ("+4722000000", "+47 22000000"),
        ("+12015550123", "+1 2015550123"),
        ("+358401234567", "+358 401234567"),
        ("+49405550731;ext=12", "+49 40 5550731 ext. 12"),
        ("", ""),
        ("call reception", "call reception"),
        ("12345", "12345"),
    ],
)
def test_a_phone_number_stays_text_without_an_apostrophe(kept: str, cell: str) -> None:
    assert safe_cell(phone_cell(kept)) == cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (-600, -600),
        (Decimal("-600.50"), Decimal("-600.50")),
        (True, "true"),
        (date(2026, 11, 17), "2026-11-17"),
    ],
)
def test_numbers_and_days_stay_what_they_are(value: Any, cell: Any) -> None:
    assert safe_cell(value) == cell


def test_a_moment_is_written_in_the_readers_zone() -> None:
    with timezone.override("Europe/Oslo"):
        assert safe_cell(datetime(2026, 11, 17, 14, 20, tzinfo=UTC)) == "2026-11-17 15:20"


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_whatever_is_written_can_be_read_again(rows: list[list[str]]) -> None:
    expected = [[str(safe_cell(cell)) for cell in row] for row in rows]
    assert read(csv_lines(["a", "b"], rows)) == [["a", "b"], *expected]


@given(st.text(st.characters(codec="utf-8")))
def test_no_cell_begins_a_formula_whatever_the_separator(text: str) -> None:
    cell = str(safe_cell(text))
    if NUMBER_SHAPE.fullmatch(cell):
        return
    for separator in ";\t\r\n":
        for part in cell.split(separator):
            assert part.lstrip(" ")[:1] not in set("=+-@＝＋－＠")


def test_lines_end_as_rfc_4180_wants_and_the_file_says_it_is_utf_8() -> None:
    content = b"".join(csv_lines(["Name"], [['say "hi", Łódź']]))
    assert content == '\ufeffName\r\n"say ""hi"", Łódź"\r\n'.encode()


def test_without_the_mark_the_file_begins_with_the_heading() -> None:
    assert b"".join(csv_lines(["Name"], [], bom=False)) == b"Name\r\n"


def test_the_heading_comes_before_any_row_is_read() -> None:
    read_rows: list[int] = []

    def rows() -> Iterator[list[int]]:
        read_rows.append(1)
        yield [1]

    assert next(csv_lines(["Name"], rows())) == "\ufeffName\r\n".encode()
    assert read_rows == []


def test_pieces_are_of_a_decent_size() -> None:
    pieces = list(csv_lines(["n"], ([number] for number in range(100_000))))
    assert max(map(len, pieces)) < 2 * CHUNK_BYTES
    assert len(pieces) < 30


class Rows:
    """Stands for a queryset: says where it was read."""

    def __init__(self) -> None:
        self.trace: list[str] = []

    @contextmanager
    def inside(self) -> Iterator[None]:
        self.trace.append("in")
        try:
            yield
        finally:
            self.trace.append("out")

    def iterator(self, chunk_size: int) -> Iterator[int]:
        self.trace.append(f"read by {chunk_size}")
        yield from range(3)


def test_rows_are_read_inside_what_the_caller_names_and_after_the_answer_is_made() -> None:
    rows = Rows()
    response = csv_response("Leads Łódź.csv", ["n"], rows, lambda row: [row], inside=rows.inside)  # type: ignore[arg-type]
    assert rows.trace == []
    assert read(response.streaming_content) == [["n"], ["0"], ["1"], ["2"]]
    assert rows.trace == ["in", "read by 2000", "out"]
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Leads%20%C5%81%C3%B3d%C5%BA.csv"
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_a_reader_who_leaves_early_leaves_nothing_open(db: None) -> None:
    rows = Rows()
    response = csv_response("leads.csv", ["n"], rows, lambda row: [row], inside=rows.inside)  # type: ignore[arg-type]
    next(iter(response))
    response.close()
    assert rows.trace[-1] == "out"
