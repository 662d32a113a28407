"""Files as people attach them, made by code."""

import io
import zipfile
from typing import Any

from PIL import Image

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
STRICT_DOCUMENT = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
FAMILIES = {
    "word": MAIN.format("wordprocessingml.document"),
    "xl": MAIN.format("spreadsheetml.sheet"),
    "ppt": MAIN.format("presentationml.presentation"),
}


def image(form: str, size: tuple[int, int] = (20, 10), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 3 if mode == "P" else 0).save(out, form, **options)
    return out.getvalue()


def content_types(main: str, kind: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{kind}"/></Types>'
    ).encode()


def relationships(target: str, kind: str = DOCUMENT) -> bytes:
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
    ).encode()


def archive(parts: dict[str, Any], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return out.getvalue()


def office(main: str = "word/document.xml", /, **parts: Any) -> bytes:
    """A document of the family that the folder of its main part names. `word__media` is the part `word/media`."""
    kind = FAMILIES[main.partition("/")[0]]
    whole = {"[Content_Types].xml": content_types(main, kind), "_rels/.rels": relationships(main), main: b"<x/>"}
    return archive(whole | {name.replace("__", "/"): content for name, content in parts.items()})
