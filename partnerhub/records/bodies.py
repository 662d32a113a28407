"""The bodies of steps over the API, made of what a step asks for."""

from functools import cache
from typing import Any

from partnerhub.states import AskedDay, AskedMember, Asks, Choice
from partnerhub.states.steps import AskedField
from partnerhub.web import bodies

_Shape = tuple[tuple[str, type[Any], tuple[tuple[str, Any], ...]], ...]


def body_of(asks: Asks | None) -> type[bodies.Body]:
    """The body with these fields; the same one for all that have the same name and shape."""
    if asks is None:
        return bodies.NoBody
    return _body(asks.body, asks.about, tuple(_field(field) for field in asks.fields))


@cache
def _body(name: str, about: str, shape: _Shape) -> type[bodies.Body]:
    fields = {field: kind(**dict(options)) for field, kind, options in shape}
    return type(name, (bodies.Body,), {"__doc__": about, **fields})


def _field(field: AskedField) -> tuple[str, type[Any], tuple[tuple[str, Any], ...]]:
    if isinstance(field, Choice):
        return field.name, bodies.Word, (("choices", field.choices),)
    if isinstance(field, AskedDay):
        return field.name, bodies.Day, ()
    if isinstance(field, AskedMember):
        return field.name, bodies.Id, () if field.required else (("required", False),)
    options: tuple[tuple[str, Any], ...] = (("max_length", field.most),)
    if not field.required:
        options += (("required", False), ("allow_blank", True), ("default", ""))
    return field.name, bodies.Text, options
