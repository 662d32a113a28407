"""What looking into a file takes, memory above all, has a bound that is asked for before it is taken."""

import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http.multipartparser import MultiPartParserError
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict
from PIL import Image

from partnerhub.errors import Refused
from partnerhub.notes.serializers import FilesBody
from partnerhub.notes.services.sharing import _accepted
from partnerhub.notes.uploads import accepting
from partnerhub.notes.uploads.images import MOST_IMAGE_BYTES, clean_image
from tests.notes.samples import archive, content_types, image, office
from tests.notes.test_uploads import png_of, refusal, take

MIB = 1024 * 1024
HEADROOM = 24 * MIB  # encoder, decoder, the file itself

MEASURE = """
import sys
from threading import Thread
import django
from django.conf import settings
settings.configure(USE_I18N=False, ATTACHMENT_MAX_BYTES=20 * 1024 * 1024, VIRUS_SCAN_COMMAND="")
django.setup()
from django.core.files.uploadedfile import TemporaryUploadedFile
from partnerhub.errors import Refused
from partnerhub.notes.uploads import accept

def one(name):
    with open(name, "rb") as file:
        upload = TemporaryUploadedFile(name.rpartition("/")[2], "", 0, None)
        upload.file.write(file.read())
        upload.size = upload.file.tell()
    try:
        accept(upload)
    except Refused as refused:
        print(refused.reasons[0].code)

def most():
    # Not ru_maxrss: that begins with what the parent had.
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

small, large, times = sys.argv[1:]
one(small)
before = most()
threads = [Thread(target=one, args=[large]) for _ in range(int(times))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("MEMORY", (most() - before) * 1024)
"""


SMALL = {
    "a.png": image("PNG"),
    "a.jpg": image("JPEG"),
    "a.docx": office(),
    "a.xlsx": office("xl/workbook.xml"),
}
measured = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read where Linux tells it")


def memory_of(tmp_path: Path, name: str, content: bytes, *, times: int = 1) -> tuple[int, list[str]]:
    """The most memory that a process of its own takes for this file, so many times at once; and what it refused."""
    small, large = tmp_path / f"small-{name}", tmp_path / name
    small.write_bytes(SMALL[name])
    large.write_bytes(content)
    command = [sys.executable, "-c", MEASURE, str(small), str(large), str(times)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100)
    *refused, memory = done.stdout.splitlines()
    return int(memory.removeprefix("MEMORY ")), refused


@measured
def test_four_large_pictures_at_once_take_the_memory_of_one(tmp_path: Path) -> None:
    side = int((MOST_IMAGE_BYTES / 4) ** 0.5)
    memory, refused = memory_of(tmp_path, "a.png", image("PNG", (side, side)), times=4)
    assert refused == []
    assert MOST_IMAGE_BYTES * 0.9 < memory < MOST_IMAGE_BYTES + 2 * HEADROOM  # each thread has a heap of its own


@measured
def test_a_picture_of_seven_thousand_squared_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    memory, refused = memory_of(tmp_path, "a.png", image("PNG", (7000, 7000)))
    assert refused == ["pixels"]
    assert memory < HEADROOM


@measured
def test_a_grey_scan_of_seven_thousand_squared_is_kept(tmp_path: Path) -> None:
    memory, refused = memory_of(tmp_path, "a.png", image("PNG", (7000, 7000), "L"))
    assert refused == []
    assert memory < 49_000_000 + HEADROOM


@measured
def test_a_photo_that_is_turned_is_read_at_half_its_size(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = image("JPEG", (8000, 6000), exif=exif.tobytes())
    assert Image.open(clean_image(io.BytesIO(photo), "a.jpg")).size == (3000, 4000)  # type: ignore[arg-type]
    memory, refused = memory_of(tmp_path, "a.jpg", photo)
    assert refused == []
    assert memory < 8 * 3000 * 4000 + HEADROOM


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", image("JPEG", (6000, 6000), progressive=True)),
        ("a.png", png_of(7000, 7000)),
        ("a.png", png_of(400_000, 200)),
    ],
    ids=["a decoder that keeps everything", "square", "long"],
)
def test_pictures_without_room_are_refused(name: str, content: bytes) -> None:
    assert refusal(name, content) == "pixels"


def test_a_picture_that_grows_when_painted_anew_is_refused(settings: Any) -> None:
    noise = io.BytesIO()
    Image.effect_noise((700, 700), 100).save(noise, "JPEG", quality=20)
    settings.ATTACHMENT_MAX_BYTES = len(noise.getvalue()) * 2
    assert refusal("a.jpg", noise.getvalue()) == "pixels"


@measured
def test_a_part_that_says_what_the_archive_is_has_a_bound(tmp_path: Path) -> None:
    types = content_types("word/document.xml", "x") + bytes(
        f"<!-- {''.join(str(n) for n in range(400_000))} -->", "ascii"
    )
    memory, refused = memory_of(tmp_path, "a.docx", archive({"[Content_Types].xml": types}))
    assert refused == ["unpacked"]
    assert memory < HEADROOM


@measured
def test_199_megabytes_of_nothing_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    bomb = office(word__styles=b" " * (199 * MIB))
    assert len(bomb) < 300_000
    memory, refused = memory_of(tmp_path, "a.docx", bomb)
    assert refused == ["unpacked"]
    assert memory < HEADROOM


@measured
def test_a_large_document_is_read_piece_by_piece(tmp_path: Path) -> None:
    rows = b"".join(b'<c r="A%d" s="1"><v>%d</v></c>' % (row, row * 7919) for row in range(1_000_000))
    memory, refused = memory_of(tmp_path, "a.xlsx", office("xl/workbook.xml", xl__sheet1=rows))
    assert refused == []
    assert memory < HEADROOM < len(rows)


@measured
def test_a_table_of_contents_has_a_bound(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for number in range(60_000):
            written.writestr(f"part{number}", b"")
    memory, refused = memory_of(tmp_path, "a.docx", out.getvalue())
    assert refused == ["unpacked"]
    assert memory < HEADROOM


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_parts_that_can_only_be_unpacked_whole_are_refused(packed: int) -> None:
    content = archive({"[Content_Types].xml": content_types("word/document.xml", "x")}, packed=packed)
    assert refusal("a.docx", content) == "incomplete"


def test_a_part_that_lies_about_its_size_is_damaged() -> None:
    content = bytearray(office(word__media=b"A" * 90_000))
    at = content.rindex(b"word/media") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    assert refusal("a.docx", bytes(content)) == "incomplete"


def test_who_waits_too_long_for_a_turn_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accepting, "UPLOAD_TURN_SECONDS", 0.01)
    codes: list[str] = []
    with accepting._in_turn():
        other = Thread(target=lambda: codes.append(refusal("a.txt", b"words")))
        other.start()
        other.join()
    assert codes == ["busy"]
    assert take("a.txt", b"words").size == 5


def form_of(settings: Any, membership: Any, *, files: int) -> Any:
    """A form that came in with files, each a byte larger than may be kept in memory."""
    settings.ATTACHMENT_MAX_COUNT = 2
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    uploads = [SimpleUploadedFile(f"{number}.txt", b"x" * 1001) for number in range(files)]
    request: Any = RequestFactory().post("/", {"files": uploads, "body": "words"})
    request.membership = membership
    return request


def test_nothing_is_kept_of_a_stranger(settings: Any) -> None:
    request = form_of(settings, None, files=3)
    assert (request.POST["body"], list(request.FILES)) == ("words", [])


def test_of_too_many_files_the_last_are_counted_and_not_kept(settings: Any) -> None:
    uploads = form_of(settings, object(), files=4).FILES.getlist("files")
    assert [upload.size for upload in uploads] == [1001] * 4
    assert [len(upload.read()) for upload in uploads] == [1001, 1001, 0, 0]


def test_of_too_many_files_none_is_looked_into(settings: Any) -> None:
    settings.ATTACHMENT_MAX_COUNT = 2
    nonsense = [SimpleUploadedFile("a.pdf", b"nonsense")] * 3
    with pytest.raises(Refused) as refused:
        _accepted(nonsense)
    assert [reason.code for reason in refused.value.reasons] == ["count"]
    body = FilesBody(data=MultiValueDict({"files": nonsense}))
    assert not body.is_valid()
    assert body.errors["files"] == ["Ensure this field has no more than 2 elements."]


def test_of_a_body_that_was_cut_off_nothing_is_taken() -> None:
    """Who stops an upload has sent nothing: the words before the files are not taken for all there was."""
    part = b"--x\r\nContent-Disposition: form-data; "
    given = part + b'name="body"\r\n\r\nHere they are.\r\n' + part + b'name="files"; filename="a.txt"\r\n\r\nMuch'
    asked = RequestFactory().generic("POST", "/", given, content_type="multipart/form-data; boundary=x").environ

    def sent(length: int) -> Any:
        return WSGIRequest({**asked, "wsgi.input": io.BytesIO(given), "CONTENT_LENGTH": str(length)}).POST

    with pytest.raises(MultiPartParserError, match="cut off"):
        sent(len(given) + 1)
    assert sent(len(given))["body"] == "Here they are."
