"""Files as people's programs write them, and files that are none (E16)."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.imports.reading import MOST_CELL, bounds, read_file
from partnerhub.web.sheets import xlsx_pieces

TEXT = 'Nazwa;Miasto\r\n"Żółć; i Gęś";Łódź\r\n;\r\nĄrek;Świdnica\r\n'


def read(content: bytes, name: str = "rows.csv") -> tuple[list[str], list[Any]]:
    found = read_file(SimpleUploadedFile(name, content))
    return found.headings, list(found.rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250", "iso8859-2"])
def test_the_encoding_and_the_separator_are_found_out(encoding: str) -> None:
    with override("pl"):
        headings, rows = read(TEXT.encode(encoding))
    assert headings == ["Nazwa", "Miasto"]
    assert rows == [(2, ["Żółć; i Gęś", "Łódź"]), (4, ["Ąrek", "Świdnica"])]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_old_windows_text_of_the_west_is_read_as_such(separator: str) -> None:
    lines = [["Company", "Town"], ["Müller & Söhne", "Malmö"], ["Ærø Café", "Fårup"]]
    content = "\n".join(separator.join(line) for line in lines).encode("cp1252")
    assert read(content) == (lines[0], [(2, lines[1]), (3, lines[2])])


def test_a_workbook_of_ours_comes_back_as_it_was_with_days_and_numbers_and_no_formula() -> None:
    rows = [["=1+1", date(2026, 11, 2), 3, "a & <b> _x0041_"], ["", None, 1_000_000, "  kept  "]]
    content = b"".join(xlsx_pieces(["A", "B", "C", "D"], rows))
    assert read(content, "rows.xlsx") == (
        ["A", "B", "C", "D"],
        [(2, ["=1+1", "2026-11-02", "3", "a & <b> _x0041_"]), (3, ["", "", "1000000", "kept"])],
    )


def test_what_our_downloads_write_before_a_formula_is_taken_off_again() -> None:
    assert read(b"A,B\n'=x,it's\n")[1] == [(2, ["=x", "it's"])]


def _codes(content: bytes, name: str = "rows.csv") -> list[str]:
    with pytest.raises(Refused) as refused:
        read(content, name)
    return [reason.code for reason in refused.value.reasons]


def test_a_file_that_is_too_large_or_none_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_ROWS", 3)
    assert _codes(b"A,B\n" + b"1,2\n" * 4) == ["rows"]
    assert len(read(b"A,B\n" + b"1,2\n" * 3)[1]) == 3
    assert _codes(b"A,B\n1," + b"x" * (MOST_CELL + 1)) == ["cell"]
    assert _codes(b"A,B\n" + b",".join([b"1"] * 201)) == ["columns"]
    assert _codes(b"A,B\n") == ["no-rows"]
    assert _codes(b"") == ["empty"]
    assert _codes(b'A,B\n"' + b"x" * 140_000) == ["unreadable"]
    assert _codes(b"%PDF-1.4\n%%EOF", "rows.pdf") == ["type"]


def _book(sheet: bytes, part: str = "sheet1.xml") -> bytes:
    """Our own workbook with another sheet in it, or another part."""
    before, out = io.BytesIO(b"".join(xlsx_pieces(["A"], [["1"]]))), io.BytesIO()
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, sheet if part in entry.filename else old.read(entry))
    return out.getvalue()


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (b"<worksheet>" + b" " * 20_000_000, "unpacked"),
        (b"<worksheet><sheetData><row>", "damaged"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>', "damaged"),
    ],
    ids=["bomb", "cut off", "entities"],
)
def test_a_workbook_that_is_a_trap_is_refused(sheet: bytes, code: str) -> None:
    assert _codes(_book(sheet), "rows.xlsx") == [code]


def _rows_of(*cells: bytes) -> bytes:
    rows = b"".join(b'<row><c t="inlineStr"><is><t>A</t></is></c></row><row>%s</row>' % cell for cell in cells)
    return b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"


@pytest.mark.parametrize(
    "book",
    [
        _book(_rows_of(b'<c t="s"><v>99</v></c>')),
        _book(b"<workbook><sheets></sheets></workbook>", "workbook.xml"),
        _book(b"<Relationships></Relationships>", "_rels/.rels"),
        _book(_rows_of(b'<c s="1"><v>1</v></c>' * 50)).replace(b"<", b"\x00"),
    ],
    ids=["a text that is not there", "no sheet", "no workbook", "scrambled"],
)
def test_a_workbook_that_does_not_hold_together_is_refused_in_words(book: bytes) -> None:
    with pytest.raises(Refused):
        read(book, "rows.xlsx")


def test_archives_with_a_broken_byte_are_refused_or_read_and_nothing_else() -> None:
    whole = b"".join(xlsx_pieces(["A", "B"], [[f"Shop {at}", at] for at in range(60)]))
    for at in range(30, len(whole), 97):
        broken = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        try:
            read(broken, "rows.xlsx")
        except Refused:
            continue


def test_a_number_is_no_longer_than_it_was_written() -> None:
    for number in (b"1E-999999", b"1E+999999", b"-1E-99999"):
        _headings, rows = read(_book(_rows_of(b"<c><v>%s</v></c>" % number)), "rows.xlsx")
        assert rows[0][1] == [number.decode()]
    assert read(_book(_rows_of(b"<c><v>1.5E-3</v></c>")), "rows.xlsx")[1][0][1] == ["0.0015"]


def test_a_line_without_an_end_is_not_read_as_a_whole() -> None:
    assert _codes(b"A,B\n" + b"," * 3_000_000) == ["line"]


def test_a_workbook_is_read_by_the_page_too(
    seller: Membership, upload: Callable[..., Any], acting: Callable[[Membership], Any]
) -> None:
    content = b"".join(xlsx_pieces(["Company name", "E-mail"], [[f"Shop {at}", "a@example.org"] for at in range(450)]))
    job = upload(seller, content, "shops.xlsx")
    assert (job.total, job.mapping, job.is_csv) == (450, {"0": "company", "1": "email"}, False)
