"""The kinds of files that may come in, and how each is recognised: by its name and by its content, both."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

import puremagic
from django.core.files.base import File
from django.utils.translation import gettext as _

from partnerhub.notes.uploads.images import clean_image
from partnerhub.notes.uploads.names import extension_of
from partnerhub.notes.uploads.office import check_office
from partnerhub.notes.uploads.pdf import PDF_BEFORE, PDF_MARK, check_pdf
from partnerhub.notes.uploads.refusals import refuse, refuse_mismatch

HEAD_BYTES = 8192
# How Word, Excel and PowerPoint keep a document with a password, and kept all documents until 2007.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Bytes that no text has. The end of a file as DOS wrote it (0x1A) and escape (0x1B) are in some.
BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1c-\x1f\x7f]")
MARKUP_START = re.compile(
    r"\s*<(!doctype|\?xml|html|head|body|svg|script|iframe|img|object|embed|meta|link|style)\b", re.IGNORECASE
)

FileCheck = Callable[["File[bytes]", str], "File[bytes]"]
"""(content, name) → the content to keep. Refuses, by name, what is not what it says."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file. `marks` are bytes at fixed places of its content; none: it is text.

    `before`: how many bytes its own readers pass over in front of the marks.
    """

    extensions: tuple[str, ...]
    content_type: str
    check: FileCheck
    marks: tuple[tuple[int, bytes], ...] = ()
    before: int = 0


def _check_text(content: "File[bytes]", name: str) -> "File[bytes]":
    """Text in any encoding, without what no text has; and no page that a browser would run."""
    content.seek(0)
    head = content.read(4)
    encoding = "utf-16" if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    try:
        first = _read_text(content, encoding, name)
    except UnicodeDecodeError:
        if encoding == "utf-16":
            refuse_mismatch(name)
        first = _read_text(content, "latin-1", name)
    if MARKUP_START.match(first):
        refuse(
            "markup",
            _("%(name)s is a web page or drawing, not plain text. Save it as PDF and attach that.") % {"name": name},
        )
    return content


def _read_text(content: "File[bytes]", encoding: str, name: str) -> str:
    """Look at every character; the beginning is returned."""
    decoder = codecs.getincrementaldecoder(encoding)()
    content.seek(0)
    first = ""
    for chunk in content.chunks():
        text = decoder.decode(chunk)
        if BINARY.search(text):
            refuse_mismatch(name)
        first = first or text[:1024]
    decoder.decode(b"", final=True)
    return first


ZIP = ((0, b"PK\x03\x04"),)
OFFICE = "application/vnd.openxmlformats-officedocument."
FILE_KINDS = (
    FileKind(("pdf",), "application/pdf", check_pdf, ((0, PDF_MARK),), PDF_BEFORE),
    FileKind(("png",), "image/png", clean_image, ((0, b"\x89PNG\r\n\x1a\n"),)),
    FileKind(("jpg", "jpeg"), "image/jpeg", clean_image, ((0, b"\xff\xd8\xff"),)),
    FileKind(("webp",), "image/webp", clean_image, ((0, b"RIFF"), (8, b"WEBP"))),
    FileKind(("docx",), f"{OFFICE}wordprocessingml.document", check_office, ZIP),
    FileKind(("xlsx",), f"{OFFICE}spreadsheetml.sheet", check_office, ZIP),
    FileKind(("pptx",), f"{OFFICE}presentationml.presentation", check_office, ZIP),
    FileKind(("csv",), "text/csv", _check_text),
    FileKind(("txt",), "text/plain", _check_text),
)
BY_EXTENSION = {extension: kind for kind in FILE_KINDS for extension in kind.extensions}
ACCEPTED_EXTENSIONS = tuple(BY_EXTENSION)


def file_kind(content: "File[bytes]", name: str) -> FileKind:
    """The kind of a file by its name, confirmed by its content. Raises Refused for any other."""
    kind = BY_EXTENSION.get(extension_of(name))
    if kind is None:
        refuse(
            "type",
            _("%(name)s can’t be attached. Choose PDF, PNG, JPEG, WebP, Word, Excel, PowerPoint, CSV or text.")
            % {"name": name},
        )
    content.seek(0)
    head = content.read(HEAD_BYTES)
    if kind.before:
        head = head[max(head.find(kind.marks[0][1], 0, kind.before), 0) :]
    if kind.check is check_office and head.startswith(COMPOUND):
        text = _("%(name)s has a password or an old format. Save it anew, without a password, and attach that.")
        refuse("encrypted", text % {"name": name})
    if not all(head.startswith(mark, at) for at, mark in kind.marks):
        refuse_mismatch(name)
    if kind.marks and not {f".{extension}" for extension in kind.extensions} & _second_opinion(head):
        refuse_mismatch(name)
    return kind


def _second_opinion(head: bytes) -> set[str]:
    """The extensions that the content could have."""
    try:
        return {match.extension for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()
