"""What comes in from outside is named, weighed, recognised and cleaned before it is kept."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from partnerhub.errors import Refused
from partnerhub.notes.uploads import AcceptedFile, accept
from partnerhub.notes.uploads.images import IMAGE_FORMATS
from partnerhub.notes.uploads.names import LONGEST_FILE_NAME, clean_name, extension_of
from tests.notes.conftest import PDF
from tests.notes.samples import content_types, image, office


def take(name: str, content: bytes) -> AcceptedFile:
    return accept(SimpleUploadedFile(name, content))


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        take(name, content)
    (reason,) = refused.value.reasons
    assert reason.field == "files"
    return reason.code


OFFICE = "application/vnd.openxmlformats-officedocument"


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.png", image("PNG"), "image/png"),
        ("a.png", image("PNG", mode="P"), "image/png"),
        ("a.jpg", image("JPEG"), "image/jpeg"),
        ("a.JPEG", image("JPEG", mode="CMYK"), "image/jpeg"),
        ("a.webp", image("WEBP"), "image/webp"),
        ("a.webp", image("WEBP", lossless=True), "image/webp"),
        ("a.docx", office(), f"{OFFICE}.wordprocessingml.document"),
        ("a.xlsx", office("xl/workbook.xml"), f"{OFFICE}.spreadsheetml.sheet"),
        ("a.pptx", office("ppt/presentation.xml"), f"{OFFICE}.presentationml.presentation"),
        ("a.csv", "Größe;1\r\n".encode(), "text/csv"),
        ("a.csv", "Größe;1\r\n".encode("cp1252"), "text/csv"),
        ("a.txt", "Łódź".encode("utf-16"), "text/plain"),
    ],
)
def test_what_people_attach_is_accepted(name: str, content: bytes, content_type: str) -> None:
    accepted = take(name, content)
    assert (accepted.content_type, accepted.is_held_back) == (content_type, False)
    accepted.content.seek(0)
    assert accepted.size == len(accepted.content.read())


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"MZ\x90\x00", "type"),
        ("a.pdf.exe", PDF, "type"),
        ("annexe\u202efdp.exe", PDF, "type"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "type"),
        ("a.html", b"<html></html>", "type"),
        ("a.gif", b"GIF89a", "type"),
        ("a.tiff", b"II*\x00", "type"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic", "type"),
        ("a.odt", office(), "type"),
        ("a.xlsm", office("xl/workbook.xml"), "type"),
        ("a.xlsb", office("xl/workbook.xml"), "type"),
        ("a.zip", office(), "type"),
        ("a.docm", office(), "type"),
        ("a", PDF, "type"),
        (".pdf", PDF, "type"),
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"MZ\x90\x00" * 100, "content"),
        ("a.pdf", b"<html><script>alert(1)</script>", "content"),
        ("a.png", image("JPEG"), "content"),
        ("a.png", PDF, "content"),
        ("a.pdf", PDF[:-8], "incomplete"),
        ("a.png", image("PNG", (300, 300))[:200], "image"),
        ("a.jpg", image("JPEG", (300, 300))[:-400], "image"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WAVEfmt " + b"\x00" * 40, "content"),
        ("a.txt", b"<!DOCTYPE html><p>", "markup"),
        ("a.csv", b"\xef\xbb\xbf  <svg onload=alert(1)>", "markup"),
        ("a.txt", b"\x7fELF\x02\x01\x01\x00", "content"),
        ("a.txt", b"words and \x00 nothing", "content"),
        ("a.txt", b"\xff\xfe\x00", "content"),
        ("a.docx", office("xl/workbook.xml"), "content"),
        ("a.xlsx", office(), "content"),
        ("a.docx", office(word__vbaProject__bin=b"x").replace(b"vbaProject/bin", b"vbaProject.bin"), "macros"),
        ("a.xlsx", office("xl/workbook.xml", xl__macrosheets__sheet1=b"x"), "macros"),
        ("a.docx", office(word__activeX__activeX1=b"x"), "macros"),
        ("a.docx", office()[:-30], "incomplete"),
        ("a.docx", b"junk" + office(), "content"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "encrypted"),
    ],
)
def test_what_may_not_come_in_is_refused_with_the_reason(name: str, content: bytes, code: str) -> None:
    assert refusal(name, content) == code


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp"])
def test_an_image_that_is_cut_off_is_refused_whatever_another_library_told_pillow(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint, once it wrote a receipt in the same process, has Pillow take such pictures."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert refusal(name, image(IMAGE_FORMATS[extension_of(name)], (300, 300))[:-100]) == "image"


def test_a_file_over_the_limit_is_refused(settings: Any) -> None:
    settings.ATTACHMENT_MAX_BYTES = 100
    assert refusal("a.txt", b"x" * 101) == "size"


def test_a_macro_document_by_its_content_types_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
        archive.writestr("[Content_Types].xml", content_types("word/document.xml", kind))
        archive.writestr("word/document.xml", b"<x/>")
    assert refusal("a.docx", out.getvalue()) == "macros"


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    assert refusal("a.docx", office(bomb=b"\x00" * 201 * 1024 * 1024)) == "unpacked"


def test_an_archive_with_too_many_entries_is_refused() -> None:
    assert refusal("a.docx", office(**{f"part{number}": b"" for number in range(5001)})) == "unpacked"


def test_an_archive_that_leads_out_of_its_folder_is_refused() -> None:
    assert refusal("a.docx", office(**{"../outside": b"x"})) == "incomplete"


def test_a_damaged_part_is_found() -> None:
    content = bytearray(office(word__media=b"A" * 50))
    at = content.index(b"word/media") + len(b"word/media")
    content[at + 1] ^= 0xFF
    assert refusal("a.docx", bytes(content)) == "incomplete"


def test_a_document_with_a_password_is_refused() -> None:
    content = bytearray(office())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert refusal("a.docx", bytes(content)) == "encrypted"


def test_a_picture_loses_where_and_by_what_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (53.0, 4.0, 30.0)
    content = image("JPEG", exif=exif.tobytes(), comment=b"SecretComment", icc_profile=b"SecretProfile" * 12)
    kept = take("a.jpg", content).content.read()
    assert b"Secret" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_a_picture_stays_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees
    kept = take("a.jpg", image("JPEG", (20, 10), exif=exif.tobytes())).content
    assert Image.open(kept).size == (10, 20)


def test_words_hidden_in_a_png_are_gone() -> None:
    info = PngInfo()
    info.add_text("Comment", "SecretComment")
    assert b"Secret" not in take("a.png", image("PNG", pnginfo=info)).content.read()


def test_what_hangs_behind_a_picture_is_gone() -> None:
    assert b"<script>" not in take("a.png", image("PNG") + b"<script>alert(1)</script>").content.read()


def test_a_see_through_picture_stays_so() -> None:
    kept = take("a.png", image("PNG", mode="RGBA")).content
    assert Image.open(kept).mode == "RGBA"


def test_a_moving_picture_is_refused() -> None:
    frames = [Image.new("RGB", (8, 8), shade) for shade in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    assert refusal("a.webp", out.getvalue()) == "animated"


def png_of(width: int, height: int) -> bytes:
    """The head of a picture of this size, without the picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8000, 8000), (11_000, 11_000), (60_000, 60_000)])
def test_a_picture_that_would_eat_the_memory_is_refused(size: tuple[int, int]) -> None:
    assert refusal("bomb.png", png_of(*size)) == "pixels"


@pytest.mark.parametrize(
    "head",
    [
        b"VP8X" + b"\x0a\x00\x00\x00" + b"\x00" * 4 + b"\xfe\x3f\x00" + b"\xfe\x3f\x00",
        b"VP8L" + b"\x0a\x00\x00\x00" + b"\x2f" + (0x3FFE | 0x3FFE << 14).to_bytes(4, "little"),
        b"VP8 " + b"\x0a\x00\x00\x00" + b"\x00\x00\x00\x9d\x01\x2a" + b"\xff\x3f\xff\x3f",
    ],
)
def test_a_webp_is_measured_before_it_is_opened(head: bytes) -> None:
    body = b"WEBP" + head + b"\x00" * 100
    assert refusal("bomb.webp", b"RIFF" + len(body).to_bytes(4, "little") + body) == "pixels"


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\Contract.PDF", "Contract.pdf"),
        ("invoice.exe.pdf", "invoice_exe.pdf"),
        ("annual.report.2026.pdf", "annual.report.2026.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("invoice\u202egpj.pdf", "invoicegpj.pdf"),
        ("zero\u200bwidth.pdf", "zerowidth.pdf"),
        ('a<b>"c|d?.pdf', "a_b__c_d_.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("  spaced   out .pdf", "spaced out.pdf"),
        ("Żółty\u0301.pdf", "Żółtý.pdf"),
        ("...pdf", "pdf"),
        ("\u202e.pdf", "pdf"),
    ],
)
def test_names_mislead_nobody(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


@given(st.text(max_size=400))
def test_any_name_becomes_a_decent_one(text: str) -> None:
    name = clean_name(f"{text}.pdf")
    assert 0 < len(name) <= LONGEST_FILE_NAME
    assert not set(name) & set('/\\<>:"|?*\r\n\t\x00')
    assert clean_name(name) == name


@given(st.text(max_size=300), st.sampled_from(["exe", "html", "svg", "js"]))
def test_no_name_hides_its_extension(text: str, extension: str) -> None:
    assert extension_of(clean_name(f"{text}.{extension}")) in {extension, ""}


@given(st.binary(max_size=300), st.sampled_from(["pdf", "png", "jpg", "webp", "docx", "xlsx", "csv", "txt"]))
def test_any_bytes_are_taken_or_refused_by_name(content: bytes, extension: str) -> None:
    try:
        take(f"a.{extension}", content)
    except Refused as refused:
        said = str(refused.reasons[0].text)
    else:
        return
    assert f"a.{extension}" in said


def test_a_scanner_that_finds_something_refuses(settings: Any) -> None:
    settings.VIRUS_SCAN_COMMAND = "sh -c '! grep -q VIRUS-SIGNATURE'"
    assert refusal("a.txt", b"VIRUS-SIGNATURE") == "virus"
    assert not take("a.txt", b"harmless").is_held_back


@pytest.mark.parametrize("command", ["sh -c 'exit 2'", "/no/such/scanner", "sh -c 'kill -9 $$'", '"unclosed'])
def test_a_scanner_that_does_not_answer_holds_the_file_back(settings: Any, command: str) -> None:
    settings.VIRUS_SCAN_COMMAND = command
    assert take("a.txt", b"harmless").is_held_back
