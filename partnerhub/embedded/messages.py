"""The portal's sentences: collected from Python and templates into the catalogues, without gettext's programs."""

import ast
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from .building import ROOT

LOCALE_FOLDER = ROOT / "partnerhub" / "locale"
PYTHON_FOLDERS = ["partnerhub", "notifications", "deals", "leads", "referrals"]
KEYWORDS = DEFAULT_KEYWORDS | {
    # `_now` is gettext where a module needs both: `_` for words that wait for the reader, `_now` for words at once.
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_now")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
WIDTH = 120
TRANSLATED = ("pl",)
# A greeting with a name asks some languages for the vocative, which cannot be built from data: they leave it out.
GREETINGS = {"Hello %(name)s,", "Good morning, %(name)s", "Good afternoon, %(name)s", "Good evening, %(name)s"}


def update_catalogues() -> None:
    """Bring every catalogue up to the present sentences; what is new stays empty for the translator."""
    template = collect()
    for file in _catalogues():
        catalogue = _read(file)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as output:
            write_po(output, catalogue, width=WIDTH, omit_header=False, sort_output=True, include_lineno=False)


def problems() -> Iterator[str]:
    """Every sentence of a catalogue that is missing, empty, doubtful, or whose placeholders differ."""
    template = collect()
    for file in _catalogues():
        catalogue = _read(file)
        for message in template:
            if not message.id:
                continue
            known = catalogue.get(message.id, message.context)
            if known is None or not all(known.string if isinstance(known.string, tuple) else [known.string]):
                yield f"{file.relative_to(ROOT)}: not translated: {_short(message.id)}"
            elif known.fuzzy:
                yield f"{file.relative_to(ROOT)}: marked as doubtful: {_short(message.id)}"
            elif known.id not in GREETINGS and _placeholders(known.id) != _placeholders(known.string):
                yield f"{file.relative_to(ROOT)}: other placeholders: {_short(message.id)}"


def collect() -> Catalog:
    catalogue = Catalog(project="PartnerHub", charset="utf-8")
    for file in _sources():
        text = file.read_text()
        if file.suffix == ".py":
            text = _with_f_strings_read(text)
        else:
            # Django makes something like Python of a template; the template's own indentation is none of Python's.
            text = "\n".join(line.lstrip() for line in templatize(text, origin=str(file)).splitlines())
        for _line, ids, comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS, ["Translators:"]):
            catalogue.add(
                ids,
                locations=[(str(file.relative_to(ROOT)), 1)],
                auto_comments=comments,
                context=context,
                flags=["python-format"] if _placeholders(ids) else [],
            )
    return catalogue


def _with_f_strings_read(text: str) -> str:
    """The code, and after it what stands in the braces of its f-strings: before Python 3.12 each is a single token."""
    strings = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.JoinedStr))
    values = (part.value for node in strings for part in node.values if isinstance(part, ast.FormattedValue))
    return "\n".join([text, *map(ast.unparse, values)])


def _sources() -> Iterator[Path]:
    for name in PYTHON_FOLDERS:
        yield from sorted(path for path in (ROOT / name).rglob("*.py") if "embedded" not in path.parts)
        yield from sorted(path for path in (ROOT / name).rglob("templates/**/*.*"))
    yield from sorted(
        path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt", ".svg", ".xml"}
    )


def _catalogues() -> list[Path]:
    return [LOCALE_FOLDER / language / "LC_MESSAGES" / "django.po" for language in TRANSLATED]


def _read(file: Path) -> Catalog:
    if not file.is_file():
        return Catalog(locale=file.parents[1].name, project="PartnerHub", charset="utf-8")
    with file.open("rb") as source:
        return read_po(source, locale=file.parents[1].name)


def _placeholders(text: str | Iterable[str] | None) -> set[str]:
    whole = text if isinstance(text, str) else " ".join(part for part in text or [] if part)
    return {one or other for one, other in re.findall(r"%\((\w+)\)[a-z]|\{(\w+)\}", whole)}


def _short(id: str | tuple[str, ...] | list[str]) -> str:
    return (id if isinstance(id, str) else id[0])[:80]
