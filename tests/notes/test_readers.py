"""What the readers of a format open is taken, whoever wrote it; what is two things at once is not."""

import codecs
import io

import pytest
from PIL import Image

from tests.notes.conftest import PDF
from tests.notes.samples import (
    FAMILIES,
    STRICT_DOCUMENT,
    archive,
    content_types,
    image,
    office,
    relationships,
)
from tests.notes.test_uploads import refusal, take

WORD = FAMILIES["word"]
SCANNER = b"\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n"


def word(main: str, target: str, kind: str = WORD, relation: str = STRICT_DOCUMENT) -> bytes:
    return archive(
        {
            "[Content_Types].xml": content_types(main, kind),
            "_rels/.rels": relationships(target, relation),
            main: b"<x/>",
        }
    )


@pytest.mark.parametrize(
    "content",
    [
        office("word/document2.xml"),  # Word on the web
        word("word/document.xml", "/word/document.xml"),
        word("word/document.xml", "./word/document.xml"),
        word("Word/Document.xml", "word/document.xml"),
        word("word/my document.xml", "word/my%20document.xml"),
        word("content/main.xml", "content/main.xml"),
        archive(
            {
                "word/document.xml": b"<x/>",  # other writers begin with another part
                "_rels/.rels": relationships("word/document.xml"),
                "[Content_Types].xml": content_types("word/document.xml", WORD)
                .decode()
                .replace("UTF-8", "UTF-16")
                .encode("utf-16"),
            }
        ),
        archive(
            {
                "[Content_Types].xml": content_types("x", "x").replace(b"application/xml", WORD.encode()),
                "_rels/.rels": relationships("word/document.xml"),
                "word/document.xml": b"<x/>",
            }
        ),
    ],
    ids=["web", "absolute", "dot", "case", "escaped", "elsewhere", "utf-16", "by extension"],
)
def test_a_document_is_what_its_archive_says(content: bytes) -> None:
    assert take("a.docx", content).content_type == WORD.removesuffix(".main+xml")


MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive({"word/document.xml": b"<x/>"}), "content"),
        (archive({"[Content_Types].xml": content_types("word/document.xml", WORD)}), "content"),
        (word("word/document.xml", "word/other.xml"), "content"),
        (word("word/document.xml", "word/document.xml", relation="http://example.org/other"), "content"),
        (word("word/document.xml", "word/document.xml", MACRO), "macros"),
        (word("word/document.xml", "word/document.xml", "application/vnd.ms-office.vbaProject"), "macros"),
        (word("word/document.xml", "word/document.xml", FAMILIES["xl"]), "content"),
        (office(word__vbaProject2=b"x"), "macros"),
        (archive({"[Content_Types].xml": b"<Types", "_rels/.rels": b""}), "incomplete"),
        (
            archive({"[Content_Types].xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><Types>&a;</Types>'}),
            "incomplete",
        ),
    ],
    ids=[
        "no types",
        "no relationships",
        "a part that is not there",
        "another relationship",
        "macros by type",
        "a macro as the document",
        "a table",
        "macros by name",
        "no XML",
        "entities",
    ],
)
def test_an_archive_that_says_something_else_is_refused(content: bytes, code: str) -> None:
    assert refusal("a.docx", content) == code


@pytest.mark.parametrize(
    "content",
    [
        SCANNER + PDF,
        b"\xef\xbb\xbf" + PDF,
        b"\r\n" * 512 + PDF,
        b"\0" * 128 + PDF,
        PDF + b"\0" * 100_000,
        PDF + b"\r\n" * 3000,
        PDF + b"\x1b%-12345X@PJL EOJ\r\n\x1b%-12345X",
        SCANNER + PDF + b"\0" * 4096,
    ],
    ids=["printer's words", "byte order mark", "lines", "zeros", "filled up", "lines after", "words after", "both"],
)
def test_a_pdf_is_what_its_readers_open(content: bytes) -> None:
    kept = take("scan.pdf", content)
    assert (kept.content_type, kept.content.read()) == ("application/pdf", content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\r\n" * 513 + PDF, "content"),
        (b"<html><script>alert(1)</script>" + PDF, "content"),
        (b"\n<!-- " + PDF, "content"),
        (b"MZ\x90" + PDF, "content"),
        (b"\0\0#!/bin/sh\n" + PDF, "content"),
        (office() + PDF, "content"),
        (PDF + office(), "content"),
        (PDF + office() + b"\0" * 100, "content"),
        (PDF + b"x" * 1025, "incomplete"),
        (b"%PDF-1.7\n" + b"\0" * 100, "incomplete"),
    ],
    ids=[
        "too far",
        "page",
        "comment",
        "program",
        "script",
        "archive before",
        "archive after",
        "and zeros",
        "more behind",
        "empty",
    ],
)
def test_a_pdf_that_is_something_else_too_is_refused(content: bytes, code: str) -> None:
    assert refusal("scan.pdf", content) == code


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF8 + "Größe;1\r\n".encode(),
        codecs.BOM_UTF16_BE + "Größe\t1\r\n".encode("utf-16-be"),
        b"Gr\x94\xe1e;1\r\n\x1a",  # as DOS wrote it, its end of file included
    ],
)
def test_a_table_as_text_comes_in_any_encoding(content: bytes) -> None:
    assert take("a.csv", content).content.read() == content


def test_two_pictures_of_one_photo_are_taken_as_the_first() -> None:
    out = io.BytesIO()
    Image.new("RGB", (20, 10)).save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (8, 8))])
    kept = Image.open(take("a.jpg", out.getvalue()).content)
    assert (kept.format, kept.size) == ("JPEG", (20, 10))


@pytest.mark.parametrize("rest", [b"\0" * 100, b"\xff\xd9", image("JPEG"), b"SEFT trailer of a telephone"])
def test_a_photo_with_bytes_behind_it_is_taken_without_them(rest: bytes) -> None:
    assert take("a.jpg", image("JPEG") + rest).content.read() == take("a.jpg", image("JPEG")).content.read()
