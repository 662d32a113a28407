"""Office documents are archives: they are opened, counted and read through before they are kept."""

import zipfile
from typing import NoReturn

from django.core.files.base import File
from django.utils.translation import gettext as _

from partnerhub.notes.uploads.names import extension_of
from partnerhub.notes.uploads.refusals import refuse

CONTENTS = "[Content_Types].xml"
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
MOST_ENTRIES = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
ENCRYPTED = 0x1
# Parts that run when the document is opened: macros old and new, controls.
ACTIVE = ("vbaproject.bin", "vbadata.xml", "/macrosheets/", "/activex/", "/intlmacrosheets/")


def check_office(content: File, name: str) -> File:
    """A complete Word, Excel or PowerPoint document without macros, of a decent size when unpacked. Raises Refused."""
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            _check_entries(archive.infolist(), name)
            _check_parts(archive, name)
            if archive.testzip() is not None:
                _refuse_damaged(name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError):
        _refuse_damaged(name)
    return content


def _check_entries(entries: list[zipfile.ZipInfo], name: str) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        refuse("unpacked", _("%(name)s is too large when unpacked. Attach a smaller document.") % {"name": name})
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        refuse("encrypted", _("%(name)s is protected by a password. Attach it without one.") % {"name": name})
    if len(set(names)) < len(names) or any(_leads_out(part) for part in names):
        _refuse_damaged(name)


def _leads_out(part: str) -> bool:
    return part.startswith(("/", "\\")) or ":" in part or ".." in part.replace("\\", "/").split("/")


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    names = set(archive.namelist())
    if CONTENTS not in names or MAIN_PART[extension_of(name)] not in names:
        refuse(
            "content",
            _("The content of %(name)s is not what its name says. Save it again and attach that.") % {"name": name},
        )
    contents = archive.read(CONTENTS).lower()
    parts = [f"/{part.lower()}" for part in names]
    if b"macroenabled" in contents or any(active in part for part in parts for active in ACTIVE):
        refuse("macros", _("%(name)s has macros or controls in it. Attach it without them.") % {"name": name})


def _refuse_damaged(name: str) -> NoReturn:
    refuse("incomplete", _("%(name)s is incomplete or damaged. Save it again and attach that.") % {"name": name})
