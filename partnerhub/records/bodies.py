"""The bodies of steps over the API, made of what a step asks for."""

from functools import cache
from typing import Any

from partnerhub.states import Asks, Choice, Text
from partnerhub.web import bodies

_Shape = tuple[tuple[str, type[bodies.Text | bodies.Word], tuple[tuple[str, Any], ...]], ...]


def body_of(asks: Asks | None) -> type[bodies.Body]:
    """The body with these fields; the same one for all that have the same name and shape."""
    if asks is None:
        return bodies.NoBody
    return _body(asks.body, asks.about, tuple(_field(field) for field in asks.fields))


@cache
def _body(name: str, about: str, shape: _Shape) -> type[bodies.Body]:
    fields = {field: kind(**dict(options)) for field, kind, options in shape}
    return type(name, (bodies.Body,), {"__doc__": about, **fields})


def _field(field: Text | Choice) -> tuple[str, type[Any], tuple[tuple[str, Any], ...]]:
    if isinstance(field, Choice):
        return field.name, bodies.Word, (("choices", field.choices),)
    options: tuple[tuple[str, Any], ...] = (("max_length", field.most),)
    if not field.required:
        options += (("required", False), ("allow_blank", True), ("default", ""))
    return field.name, bodies.Text, options
