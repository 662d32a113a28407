"""How a JSON body is read: as RFC 8259 has it, no more of it than an act can need, in the caller's language if not."""

import json
import re
from collections.abc import Mapping
from math import isfinite
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError

from partnerhub.web.formats import number_text

MOST_JSON_VALUES = 5_000
MOST_JSON_DEPTH = 20
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# A text as a whole, or what begins, parts or ends values. Each character is looked at once: the repetitions never go
# back, and a text without an end ends with the body.
JSON_MARK = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{},]', re.DOTALL)
MARKS_OF_A_VALUE = 5  # its name, itself, a comma, two brackets
OPENING, CLOSING = frozenset("[{"), frozenset("]}")


class StrictJSONParser(parsers.JSONParser):
    """JSON with each name once and no text that a database cannot keep.

    Bytes, values and depth have a bound that is asked for before anything is made of them. Raises RequestDataTooBig
    or ParseError.
    """

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        text = _text_of(stream)
        _check_shape(text)
        try:
            body = json.loads(text, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_each_name_once)
        except json.JSONDecodeError as error:
            words = _("The body is not JSON: something is wrong in line %(line)s at character %(column)s.")
            raise ParseError(words % {"line": error.lineno, "column": error.colno}) from None
        except ValueError:
            raise ParseError(_("A number in the body has too many digits.")) from None
        if "\\u" in text:
            _check_texts(body)
        return body


class FormParser(parsers.MultiPartParser):
    """A form with files. Django counts its fields, its files and the heads of its parts, and stops at its bounds."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except ParseError:
            raise ParseError(_("The form in the body cannot be read.")) from None


def _text_of(stream: Any) -> str:
    """The whole body. Not `request.body`, which asks for the length that is declared only where nothing was read."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    data = stream.read(most + 1)
    if len(data) > most:
        raise RequestDataTooBig
    try:
        return str(data.decode())
    except UnicodeDecodeError:
        raise ParseError(_("The body is not text in UTF-8.")) from None


def _check_shape(text: str) -> None:
    """Count values and depth without reading them. Stops at the bound."""
    depth, values = 0, 1
    for marks, found in enumerate(JSON_MARK.finditer(text)):
        mark = found[0]
        if mark in OPENING:
            depth += 1
            values += 1
        elif mark in CLOSING:
            depth -= 1
        elif mark == ",":
            values += 1
        if depth > MOST_JSON_DEPTH:
            words = _("The body is nested too deeply: at most %(most)s levels are read.")
            raise ParseError(words % {"most": MOST_JSON_DEPTH})
        if values > MOST_JSON_VALUES or marks > MOST_JSON_VALUES * MARKS_OF_A_VALUE:
            words = _("The body has too many values: at most %(most)s are read.")
            raise ParseError(words % {"most": number_text(MOST_JSON_VALUES)})


def _no_constant(name: str) -> NoReturn:
    raise ParseError(_("%(name)s in the body is not a number.") % {"name": name})


def _finite(text: str) -> float:
    """The number, where it is not beyond what a double holds: `1e400` would be kept as Infinity."""
    if not isfinite(number := float(text)):
        raise ValueError(text)
    return number


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    body = dict(pairs)
    if len(body) < len(pairs):
        raise ParseError(_("A name stands twice in an object of the body."))
    return body


def _check_texts(value: Any) -> None:
    """Raise ParseError for half a character or a zero byte, which arrive as escapes only."""
    match value:
        case str():
            if UNSTORABLE.search(value):
                raise ParseError(_("A text in the body has half a character or a zero byte."))
        case dict():
            for name, item in value.items():
                _check_texts(name)
                _check_texts(item)
        case list():
            for item in value:
                _check_texts(item)
