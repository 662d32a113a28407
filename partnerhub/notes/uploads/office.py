"""Office documents are archives: they are opened, counted and read through before they are kept.

Which part is the document is read as Word, Excel and PowerPoint read it (ECMA-376 part 2, Open Packaging Conventions):
`_rels/.rels` names it, `[Content_Types].xml` says what it is. Its own name is free: Word on the web writes
`word/document2.xml`.
"""

import zipfile
import zlib
from typing import NoReturn

from django.core.files.base import File
from django.utils.translation import gettext as _

from partnerhub.notes.uploads.names import extension_of
from partnerhub.notes.uploads.packages import Package, Unreadable
from partnerhub.notes.uploads.refusals import refuse, refuse_damaged, refuse_mismatch

MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
MAIN_TYPE = {
    "docx": MAIN.format("wordprocessingml.document"),
    "xlsx": MAIN.format("spreadsheetml.sheet"),
    "pptx": MAIN.format("presentationml.presentation"),
}
MOST_ENTRIES = 5_000
MOST_DIRECTORY = 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
# As Apache POI has it: above 100 KB a part that shrank to less than a hundredth is no document, but a bomb.
MOST_SHRUNK = 100
SHRINKS_FREELY = 100 * 1024
ENCRYPTED = 0x1
# OPC has no other, and the decoders of the others hand over all they unpack at once.
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError),
    *(OSError, EOFError, ValueError, RuntimeError, Unreadable),
)
"""What opening and unpacking an archive can raise."""
# Parts that run when the document is opened: macros old and new, controls. By name or by content type.
ACTIVE_PARTS = ("vbaproject", "vbadata", "/macrosheets/", "/activex/", "/intlmacrosheets/")
ACTIVE_TYPES = ("macro", "vbaproject", "activex")


class _ByPieces:
    """A file that is never read in one piece larger than an archive's table of contents may be."""

    def __init__(self, content: "File[bytes]") -> None:
        self._content = content
        self.seek, self.tell = content.seek, content.tell

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = bytes(self._content.read(size if 0 <= size <= MOST_DIRECTORY else MOST_DIRECTORY + 1))
        if len(piece) > MOST_DIRECTORY:
            raise zipfile.LargeZipFile
        return piece


def check_office(content: "File[bytes]", name: str) -> "File[bytes]":
    """A complete Word, Excel or PowerPoint document without macros, of a decent size when unpacked. Raises Refused."""
    content.seek(0)
    try:
        with zipfile.ZipFile(_ByPieces(content)) as archive:
            _check_entries(archive.infolist(), name)
            _check_parts(archive, name)
            if archive.testzip() is not None:
                refuse_damaged(name)
    except zipfile.LargeZipFile:
        _refuse_unpacked(name)
    except DAMAGED:
        refuse_damaged(name)
    return content


def _check_entries(entries: list[zipfile.ZipInfo], name: str) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        _refuse_unpacked(name)
    if any(_is_bomb(entry) for entry in entries):
        _refuse_unpacked(name)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        refuse("encrypted", _("%(name)s is protected by a password. Attach it without one.") % {"name": name})
    if any(entry.compress_type not in PACKED for entry in entries):
        refuse_damaged(name)
    if len(set(names)) < len(names) or any(_leads_out(part) for part in names):
        refuse_damaged(name)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > SHRINKS_FREELY and entry.file_size > entry.compress_size * MOST_SHRUNK


def _leads_out(part: str) -> bool:
    return part.startswith(("/", "\\")) or ":" in part or ".." in part.replace("\\", "/").split("/")


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    package = Package.of(archive)
    names = [f"/{part.lower()}" for part in archive.namelist()]
    if any(word in kind for kind in package.all_types for word in ACTIVE_TYPES) or any(
        active in part for part in names for active in ACTIVE_PARTS
    ):
        refuse("macros", _("%(name)s has macros or controls in it. Attach it without them.") % {"name": name})
    if package.main_type != MAIN_TYPE[extension_of(name)]:
        refuse_mismatch(name)


def _refuse_unpacked(name: str) -> NoReturn:
    refuse("unpacked", _("%(name)s is too large when unpacked. Attach a smaller document.") % {"name": name})
