"""A page on paper: a template as PDF, by WeasyPrint. It reads nothing but the text it is given."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.template.loader import render_to_string

PAPER = """
@page { size: A4; margin: 20mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif } }
body { font: 10pt/1.4 sans-serif } h1 { font-size: 18pt; margin: 0 } h2 { font-size: 11pt; break-after: avoid }
dl { margin: 0 } dl div { display: flex; gap: 4mm; break-inside: avoid; padding: 0.5mm 0 }
dt { flex: 0 0 50mm; color: #555 } dd { flex: 1; margin: 0; white-space: pre-line; overflow-wrap: anywhere }
code { font: 9pt monospace; overflow-wrap: anywhere }
"""


@lru_cache(maxsize=1)
def can_write_pdf() -> bool:
    """Whether this machine has what PDFs need: the library Pango, which comes with the system."""
    try:
        import_module("weasyprint")  # half a second, and not on every machine
    except (ImportError, OSError):
        return False
    return True


def pdf_of(template: str, context: Mapping[str, Any], *, more: str = "") -> bytes:
    """The template as PDF; `more` are styles of its own. Whatever somebody typed, no address is fetched."""
    weasyprint = import_module("weasyprint")
    page = weasyprint.HTML(string=render_to_string(template, dict(context)), url_fetcher=_nothing)
    return bytes(page.write_pdf(stylesheets=[weasyprint.CSS(string=PAPER + more)]))


def _nothing(url: str, **_options: object) -> dict[str, Any]:
    raise ValueError(f"Paper fetches nothing: {url}")
