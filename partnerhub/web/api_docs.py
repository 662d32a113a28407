"""The pages that tell of the API: what there is, and each group of operations with parameters, answers and objects.

Drawn from the schema on the server, no script, nothing from elsewhere; the same for everybody, so each is made once per
process.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerhub.web.addresses import portal_address
from partnerhub.web.problems import CONTENT_TYPE
from partnerhub.web.requests import SeatRequest
from partnerhub.web.schema import api_schema
from partnerhub.web.views import DESCRIPTION, PortalView

REFERENCE = "#/components/schemas/"
CODE_MARKS = re.compile(r"`([^`]+)`")
EMPHASIS = re.compile(r"\*([^*\n]+)\*")
PLAIN_JSON = {"application/json", CONTENT_TYPE}
SAMPLES: dict[str, Any] = {"string": "…", "integer": 1, "number": 1, "boolean": True, "array": [], "object": {}}
FORMAT_SAMPLES: dict[str, Any] = {
    "uuid": "01981f9a-7c7e-7cc2-9a3b-5f0c4d2e8a11",
    "date": "2026-11-02",
    "date-time": "2026-11-02T09:14:00Z",
}


@dataclass(frozen=True)
class ShapeLine:
    """A parameter, or a field of an object."""

    name: str
    kind: SafeString
    text: SafeString
    is_required: bool = False
    where: str = ""


@dataclass(frozen=True)
class Reply:
    """An answer of an operation."""

    status: str
    text: SafeString
    kind: SafeString


@dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    summary: str
    text: SafeString
    parameters: list[ShapeLine]
    body: SafeString
    replies: list[Reply]
    example: str


@dataclass(frozen=True)
class Shape:
    """An object that is sent or answered, or a list of words."""

    name: str
    text: SafeString
    lines: list[ShapeLine] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


class DocsView(PortalView):
    permission = DESCRIPTION

    def get(self, request: SeatRequest) -> HttpResponse:
        """What there is; of `?group=`, each operation in full."""
        slug, language = request.GET.get("group", ""), get_language() or "en"
        if slug and slug not in groups():
            raise Http404
        crumbs = [(_("Settings"), None), ("API", reverse("api-docs") if slug else None)]
        if slug:
            crumbs.append((groups()[slug], None))
        context = {
            "title": groups().get(slug),
            "address": portal_address(request.tenant),
            "described": described_group(slug, language) if slug else described_groups(language),
            "crumbs": crumbs,
        }
        return self.page("web/api_docs.html", context)


@cache
def groups() -> dict[str, str]:
    """What the groups of operations are called, by their words in an address."""
    return {slugify(operation["tags"][0]): operation["tags"][0] for _path, _method, operation in _operations()}


@cache
def described_groups(language: str) -> SafeString:
    """What there is, the same for everybody who reads this language (the one that is active)."""
    found = [(slug, title, operations_of(slug)) for slug, title in groups().items()]
    return render_to_string("web/_api_groups.html", {"groups": found})


@cache
def described_group(slug: str, language: str) -> SafeString:
    """A group's operations, and the objects that they take and give, in this language (the one that is active)."""
    schemas = api_schema()["components"]["schemas"]
    names: set[str] = set()
    left = {*_named_in([operation for *_where, operation in _in_group(slug)])}
    while left:
        names |= left
        left = {*_named_in([schemas[name] for name in left])} - names
    shapes = [_shape(name, schemas[name]) for name in sorted(names)]
    return render_to_string("web/_api_operations.html", {"operations": operations_of(slug), "shapes": shapes})


def operations_of(slug: str) -> list[Operation]:
    schema = api_schema()
    return [_operation(path, method, operation, schema) for path, method, operation in _in_group(slug)]


def _operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in api_schema()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _in_group(slug: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [one for one in _operations() if slugify(one[2]["tags"][0]) == slug]


def _named_in(described: object) -> Iterator[str]:
    """The names of the objects that a part of the schema leads to."""
    if isinstance(described, dict):
        if "$ref" in described:
            yield described["$ref"].removeprefix(REFERENCE)
        described = [*described.values()]
    for part in described if isinstance(described, list) else []:
        yield from _named_in(part)


def _operation(path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]) -> Operation:
    parameters = operation.get("parameters", [])
    contents = operation.get("requestBody", {}).get("content", {})
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", operation["operationId"]),
        text=marked(operation.get("description", "")),
        parameters=[_parameter(parameter) for parameter in parameters],
        body=_contents(contents),
        replies=[
            Reply(status, marked(reply.get("description", "")), _contents(reply.get("content", {})))
            for status, reply in operation["responses"].items()
        ],
        example=_example(path, method, parameters, contents, schema),
    )


def _parameter(parameter: dict[str, Any]) -> ShapeLine:
    return ShapeLine(
        name=parameter["name"],
        kind=kind_of(parameter["schema"]),
        text=marked(parameter.get("description", "")),
        is_required=parameter.get("required", False),
        where=parameter["in"],
    )


def _contents(contents: dict[str, Any]) -> SafeString:
    """What may stand in a body, with its media type where it is neither plain JSON nor a problem."""
    shown = []
    for media, content in contents.items():
        kind = kind_of(content["schema"])
        shown.append(kind if media in PLAIN_JSON else kind + escape(f" ({media})"))
    return mark_safe(", ".join(shown))  # noqa: S308 - each part is escaped


def _shape(name: str, schema: dict[str, Any]) -> Shape:
    required = schema.get("required", [])
    lines = [
        ShapeLine(key, kind_of(value), marked(value.get("description", "")), key in required)
        for key, value in schema.get("properties", {}).items()
    ]
    return Shape(name, marked(schema.get("description", "")), lines, [str(word) for word in schema.get("enum", [])])


def kind_of(schema: dict[str, Any]) -> SafeString:
    """The kind of a value in few words; an object's name leads to where it is described."""
    return mark_safe(" or ".join(dict.fromkeys(_kinds(schema))) or "anything")  # noqa: S308 - each part is escaped


def _kinds(schema: dict[str, Any]) -> Iterator[str]:
    if "$ref" in schema:
        name = escape(schema["$ref"].removeprefix(REFERENCE))
        yield f'<a href="#{name}">{name}</a>'
        return
    for key in ("oneOf", "anyOf", "allOf"):
        for part in schema.get(key, []):
            yield from _kinds(part)
    if "enum" in schema:
        yield " or ".join(f"<code>{escape(word)}</code>" for word in schema["enum"])
        return
    types = schema.get("type", [])
    for kind in [types] if isinstance(types, str) else types:
        yield f"list of {kind_of(schema['items'])}" if kind == "array" else escape(schema.get("format", kind))


def _example(
    path: str, method: str, parameters: list[dict[str, Any]], contents: dict[str, Any], schema: dict[str, Any]
) -> str:
    """The operation as a call of curl."""
    lines = [f'curl{_way(method)} "$PORTAL{path}"', '-H "Authorization: Bearer $TOKEN"']
    names = {parameter["name"] for parameter in parameters}
    if "If-Match" in names:
        lines.append("-H 'If-Match: \"1\"'")
    if "Idempotency-Key" in names:
        lines.append('-H "Idempotency-Key: $(uuidgen)"')
    if "application/json" in contents:
        content = contents["application/json"]
        shown = next((example["value"] for example in content.get("examples", {}).values()), None)
        body = json.dumps(shown or _sample(content["schema"], schema), ensure_ascii=False)
        lines += ['-H "Content-Type: application/json"', f"-d '{body}'"]
    elif contents:
        lines.append("-F files=@offer.pdf")
    return " \\\n".join(lines)


def _way(method: str) -> str:
    return "" if method == "get" else f" -X {method.upper()}"


def _sample(schema: dict[str, Any], whole: dict[str, Any]) -> Any:
    """A value of that kind: of an object, what has to be there."""
    if "$ref" in schema:
        return _sample(whole["components"]["schemas"][schema["$ref"].removeprefix(REFERENCE)], whole)
    for key in ("oneOf", "anyOf", "allOf"):
        if key in schema:
            return _sample(schema[key][0], whole)
    if "enum" in schema:
        return schema["enum"][0]
    types = schema.get("type", "object")
    kind = types if isinstance(types, str) else types[0]
    if kind == "object":
        properties = schema.get("properties", {})
        return {name: _sample(properties[name], whole) for name in schema.get("required", [])}
    if kind == "array":
        return [_sample(schema["items"], whole)]
    return FORMAT_SAMPLES.get(schema.get("format", ""), SAMPLES.get(kind))


def marked(text: str) -> SafeString:
    """Plain text with `code` and *emphasis*."""
    safe = EMPHASIS.sub(r"<em>\1</em>", CODE_MARKS.sub(r"<code>\1</code>", escape(text)))
    return mark_safe(safe)  # noqa: S308 - escaped above
