"""What an office archive says about itself: which part is the document, and of what type each part is (OPC)."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote
from xml.parsers import expat

CONTENTS = "[content_types].xml"
RELATIONSHIPS = "_rels/.rels"
# The relationship that names the document: as ISO 29500 transitional and strict have it.
DOCUMENT = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
)
# The largest real ones have a few thousand lines of a hundred characters.
MOST_PART_BYTES = 1024 * 1024

TagReader = Callable[[str, dict[str, str]], None]


class Unreadable(Exception):
    """The archive does not say what it is, or not as OPC has it."""


@dataclass(frozen=True)
class Package:
    """An archive by what it says of itself. Types are in small letters; `main_type` is empty where there is none."""

    main_type: str
    all_types: frozenset[str]

    @classmethod
    def of(cls, archive: zipfile.ZipFile) -> "Package":
        """Read the two parts that say it. Raises Unreadable, and what zipfile raises for a damaged archive."""
        parts = {_plain(entry.filename): entry for entry in archive.infolist()}
        if CONTENTS not in parts:
            return cls("", frozenset())
        by_part, by_extension = _types(_part(archive, parts[CONTENTS]))
        main = _main_part(_part(archive, parts[RELATIONSHIPS])) if RELATIONSHIPS in parts else ""
        kind = by_part.get(main) or by_extension.get(main.rpartition(".")[2], "")
        return cls(kind if main in parts else "", frozenset([*by_part.values(), *by_extension.values()]))


def _plain(part: str) -> str:
    """A part's name as OPC compares it: without the first slash, whatever the case."""
    return unquote(part).replace("\\", "/").lstrip("/").lower()


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.file_size > MOST_PART_BYTES:
        raise zipfile.LargeZipFile
    return archive.read(entry)


def _types(data: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """The types of parts by name, and by extension."""
    by_part: dict[str, str] = {}
    by_extension: dict[str, str] = {}

    def tag(name: str, has: dict[str, str]) -> None:
        kind = has.get("ContentType", "").strip().lower()
        if name == "Override":
            by_part[_plain(has.get("PartName", ""))] = kind
        elif name == "Default":
            by_extension[has.get("Extension", "").lower()] = kind

    _read(data, tag)
    return by_part, by_extension


def _main_part(data: bytes) -> str:
    """The name of the document's part; empty where none is named."""
    found: list[str] = []

    def tag(name: str, has: dict[str, str]) -> None:
        is_inside = has.get("TargetMode", "Internal") == "Internal"
        if name == "Relationship" and is_inside and has.get("Type") in DOCUMENT:
            found.append(_plain(has.get("Target", "").removeprefix("./")))

    _read(data, tag)
    return found[0] if len(found) == 1 else ""


def _read(data: bytes, tag: TagReader) -> None:
    """Hand every tag over, by its local name. A document type (and with it every entity) is refused, as OPC has it."""

    def no_doctype(*_: object) -> None:
        raise Unreadable("a document type")

    def start(name: str, has: dict[str, str]) -> None:
        tag(name.rpartition(" ")[2], has)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = no_doctype
    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable(str(error)) from error
