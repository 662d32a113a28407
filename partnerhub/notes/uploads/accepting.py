"""Accepting one upload: name, size, virus scan, recognition, cleaning. What passes is an AcceptedFile."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from partnerhub.notes.uploads.kinds import file_kind
from partnerhub.notes.uploads.names import clean_name
from partnerhub.notes.uploads.refusals import refuse
from partnerhub.notes.uploads.scan import ScanVerdict, scan
from partnerhub.web.formats import size_text

# Files are looked into one at a time in a process: the memory of one is bounded, that of all who come at once is not.
UPLOAD_TURN_SECONDS = 20
_turn = Lock()


@dataclass(frozen=True)
class AcceptedFile:
    """A file that may be stored. `is_held_back`: the scanner gave no answer, so nobody downloads it yet."""

    name: str
    content_type: str
    size: int
    sha256: str
    content: "File[bytes]"
    is_held_back: bool = False


def accept(upload: Any) -> AcceptedFile:
    """Look at an uploaded file (or pass on one that was looked at). Raises Refused with one reason, by its name."""
    if isinstance(upload, AcceptedFile):
        return upload
    name = clean_name(upload.name or "")
    _check_size(upload.size, name)
    kind = file_kind(upload, name)
    verdict = scan(upload)
    if verdict is ScanVerdict.INFECTED:
        refuse("virus", _("%(name)s has a virus in it. It was not kept.") % {"name": name})
    with _in_turn():
        content = kind.check(upload, name)
    size, digest = _measure(content)
    _check_size(size, name)
    return AcceptedFile(name, kind.content_type, size, digest, content, verdict is ScanVerdict.UNKNOWN)


@contextmanager
def _in_turn() -> Iterator[None]:
    """Wait until no other file is looked into. Raises Refused after TURN_SECONDS."""
    if not _turn.acquire(timeout=UPLOAD_TURN_SECONDS):
        refuse("busy", _("Too many files are coming in at once. Nothing was kept; try again in a moment."))
    try:
        yield
    finally:
        _turn.release()


def _check_size(size: int | None, name: str) -> None:
    if not size:
        refuse("empty", _("%(name)s is empty. Choose another file.") % {"name": name})
    if size > settings.ATTACHMENT_MAX_BYTES:
        refuse(
            "size",
            _("%(name)s is %(size)s; the limit is %(limit)s. Choose a smaller file.")
            % {"name": name, "size": size_text(size), "limit": size_text(settings.ATTACHMENT_MAX_BYTES)},
        )


def _measure(content: "File[bytes]") -> tuple[int, str]:
    digest = hashlib.sha256()
    size = 0
    content.seek(0)
    for chunk in content.chunks():
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return size, digest.hexdigest()
