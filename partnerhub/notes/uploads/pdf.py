"""PDF as its readers take it (ISO 32000-1, 7.5 and the notes of Acrobat on it): the head within the first 1024 bytes,
the end mark within the last 1024. Scanners write a few lines before the one and fill up with zeros after the other.

A file that is something else beside is refused: a page or a program before the head, an archive behind the end.
"""

import re

from django.core.files.base import File

from partnerhub.notes.uploads.refusals import refuse_damaged, refuse_mismatch

PDF_MARK = b"%PDF-"
PDF_BEFORE = 1024 + len(PDF_MARK)
PDF_END = b"%%EOF"
PDF_AFTER = 1024 + len(PDF_END)
FILLING = b"\0 \t\r\n\x0c\x1a"
PIECE = 64 * 1024
# What makes a browser, a shell or another program read the same bytes as theirs.
MARKUP = re.compile(rb"<[a-z!?/]", re.IGNORECASE)
OTHERS = (b"PK", b"MZ", b"\x7fELF", b"#!", b"GIF8", b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"%!", b"Rar!", b"7z")
ARCHIVE_END, ARCHIVE_END_LENGTH = b"PK\x05\x06", 22


def check_pdf(content: "File[bytes]", name: str) -> "File[bytes]":
    """The same PDF, complete, and nothing else beside. Raises Refused."""
    content.seek(0)
    head = content.read(PDF_BEFORE)
    before = head[: head.index(PDF_MARK)]
    if MARKUP.search(before) or before.lstrip(FILLING).startswith(OTHERS):
        refuse_mismatch(name)
    end = _filled_from(content)
    content.seek(max(0, end - PDF_AFTER))
    if PDF_END not in content.read(min(end, PDF_AFTER)):
        refuse_damaged(name)
    if _is_archive(content, end):
        refuse_mismatch(name)
    return content


def _filled_from(content: "File[bytes]") -> int:
    """Where the file ends but for zeros and white space."""
    end = content.size
    while end:
        start = max(0, end - PIECE)
        content.seek(start)
        kept = content.read(end - start).rstrip(FILLING)
        if kept:
            return start + len(kept)
        end = start
    return 0


def _is_archive(content: "File[bytes]", end: int) -> bool:
    """Whether a reader of archives, which begins at the end of a file, would find one."""
    start = max(0, end - ARCHIVE_END_LENGTH - 0xFFFF)
    content.seek(start)
    tail: bytes = content.read(end - start + ARCHIVE_END_LENGTH)  # zeros at its end were taken for filling
    at = tail.rfind(ARCHIVE_END)
    if at < 0:
        return False
    comment = int.from_bytes(tail[at + 20 : at + 22], "little")
    return start + at + ARCHIVE_END_LENGTH + comment >= end
