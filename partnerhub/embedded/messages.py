"""The portal's sentences: collected from Python and templates into the catalogues, without gettext's programs."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from .building import ROOT

LOCALE = ROOT / "partnerhub" / "locale"
PYTHON = ["partnerhub", "notifications", "deals", "leads", "referrals"]
KEYWORDS = DEFAULT_KEYWORDS | {
    **{name: None for name in ("gettext", "gettext_lazy", "gettext_noop")},
    **{name: (1, 2) for name in ("ngettext", "ngettext_lazy")},
    **{name: ((1, "c"), 2) for name in ("pgettext", "pgettext_lazy")},
    **{name: ((1, "c"), 2, 3) for name in ("npgettext", "npgettext_lazy")},
}
WIDTH = 120


def update_catalogues() -> None:
    """Bring every catalogue up to the present sentences; what is new stays empty for the translator."""
    template = collect()
    for file in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        catalogue = _read(file)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with file.open("wb") as output:
            write_po(output, catalogue, width=WIDTH, omit_header=False, sort_output=True, include_lineno=False)


def problems() -> Iterator[str]:
    """Every sentence of a catalogue that is missing, empty, doubtful, or whose placeholders differ."""
    template = collect()
    for file in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        catalogue = _read(file)
        for message in template:
            known = catalogue.get(message.id, message.context)
            if not message.id:
                continue
            if known is None or not all(known.string if isinstance(known.string, tuple) else [known.string]):
                yield f"{file.relative_to(ROOT)}: not translated: {_short(message.id)}"
            elif known.fuzzy:
                yield f"{file.relative_to(ROOT)}: marked as doubtful: {_short(message.id)}"
            elif _placeholders(known.id) != _placeholders(known.string):
                yield f"{file.relative_to(ROOT)}: other placeholders: {_short(message.id)}"


def collect() -> Catalog:
    catalogue = Catalog(project="PartnerHub", charset="utf-8")
    for file in _sources():
        text = file.read_text()
        if file.suffix != ".py":
            text = templatize(text, origin=str(file))
        for _line, ids, comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS, ["Translators:"]):
            catalogue.add(
                ids, locations=[(str(file.relative_to(ROOT)), 1)], auto_comments=comments, context=context,
                flags=["python-format"] if _placeholders(ids) else [],
            )
    return catalogue


def _sources() -> Iterator[Path]:
    for name in PYTHON:
        yield from sorted(path for path in (ROOT / name).rglob("*.py") if "embedded" not in path.parts)
        yield from sorted(path for path in (ROOT / name).rglob("templates/**/*.*"))
    yield from sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt", ".svg", ".xml"})


def _read(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=file.parents[1].name)


def _placeholders(text: str | tuple[str, ...] | list[str]) -> set[str]:
    whole = text if isinstance(text, str) else " ".join(part for part in text if part)
    return set(re.findall(r"%\((\w+)\)[a-z]|\{(\w+)\}", whole)) and {
        one or other for one, other in re.findall(r"%\((\w+)\)[a-z]|\{(\w+)\}", whole)
    }


def _short(id: str | tuple[str, ...] | list[str]) -> str:
    return (id if isinstance(id, str) else id[0])[:80]
