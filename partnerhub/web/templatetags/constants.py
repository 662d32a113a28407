"""`{% constant %}` and `{% phrases %}`: parts of pages that are drawn once per process and language.

Built into every template (settings).
"""

from functools import lru_cache
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.template import Context, Library
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from partnerhub.web.phrases import PHRASES

register = Library()

# Nobody can type them: a name that is drawn must not be taken for a blank.
TOKEN_BLANK, HERE_BLANK = f"token-{token_hex(8)}", f"here-{token_hex(8)}"


@register.simple_tag(takes_context=True)
def constant(context: Context, template: str, variant: Any = "", **words: Any) -> SafeString:
    """A part that is the same at this address, in this language, for the same words: drawn once per process.

    It sees nothing but `variant` and the words (which have to be hashable); so no person and no record gets into it
    that is not among them. Two things are filled in each time: the CSRF token, and as `here` the page's own address.
    """
    given = tuple(sorted(words.items()))
    drawn = _constant(template, str(variant), translation.get_language() or "en", get_script_prefix(), given)
    if not words:
        return drawn
    here = escape(context["request"].get_full_path()) if "request" in context else ""
    filled = drawn.replace(TOKEN_BLANK, str(context.get("csrf_token", ""))).replace(HERE_BLANK, here)
    return mark_safe(filled)  # noqa: S308 - a template's own output; a token is letters and digits


@lru_cache(maxsize=1024)  # some KB each: one for each person who is here now
def _constant(
    template: str, variant: str, language: str, prefix: str, words: tuple[tuple[str, Any], ...] = ()
) -> SafeString:
    blanks = {"csrf_token": TOKEN_BLANK, "here": HERE_BLANK, "languages": settings.LANGUAGES}
    return mark_safe(  # noqa: S308 - a template's own output
        render_to_string(template, {"variant": variant, "prefix": prefix, **blanks, **dict(words)})
    )


@register.simple_tag
def phrases() -> SafeString:
    """The words that scripts say, in the reader's language, each on a line: js/phrases.js reads them."""
    return _phrases(translation.get_language() or "en")


@lru_cache(maxsize=16)
def _phrases(language: str) -> SafeString:
    with translation.override(language):
        lines = format_html_join("\n", "{}={}", ((key, str(text)) for key, text in PHRASES.items()))
    return mark_safe(f'<template id="phrases">{lines}</template>')  # noqa: S308 - built by format_html_join
