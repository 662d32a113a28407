"""The bodies of steps and new records over the API, made of what is asked for."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from partnerhub.states import (
    OF_MAIL,
    AskedDay,
    AskedField,
    AskedMember,
    AskedMoney,
    AskedSeveral,
    AskedTick,
    Asks,
    Choice,
    Text,
)
from partnerhub.states.asked import MOST_CHOSEN
from partnerhub.web import bodies

_Options = tuple[tuple[str, Any], ...]
_Shape = tuple[tuple[str, type[Any], _Options], ...]
OPTIONAL: _Options = (("required", False),)


def body_of(asks: Asks | None) -> type[bodies.Body]:
    """The body with these fields; the same one for all that have the same name and shape."""
    if asks is None:
        return bodies.NoBody
    return _body(asks.body, asks.about, tuple(one for field in asks.fields for one in _fields(field)))


def change_body_of(asks: Asks) -> type[bodies.Body]:
    """The body of a change of which what is not sent stays."""
    made = (one for field in asks.fields for one in _fields(field))
    shape = tuple((key, kind, _not_required(options)) for key, kind, options in made)
    return _body(asks.body, asks.about, shape)


def _not_required(options: _Options) -> _Options:
    return (*(one for one in options if one[0] not in {"required", "default"}), *OPTIONAL)


@cache
def _body(name: str, about: str, shape: _Shape) -> type[bodies.Body]:
    fields = {field: kind(**dict(options)) for field, kind, options in shape}
    return type(name, (bodies.Body,), {"__doc__": about, **fields})


def _fields(field: AskedField) -> Iterator[tuple[str, type[Any], _Options]]:
    kind: type[Any] = bodies.Text
    options: _Options = () if getattr(field, "required", True) else OPTIONAL
    match field:
        case AskedMoney():
            yield field.minor, bodies.Amount, ()
            yield field.currency, bodies.CurrencyCode, ()
            return
        case Choice():
            kind, options = bodies.Word, (("choices", field.choices),)
        case AskedDay():
            kind = bodies.Day
        case AskedTick():
            kind = bodies.Tick
        case AskedMember():
            kind = bodies.Id
        case AskedSeveral() if field.choices:
            kind, options = bodies.WordList, (("choices", field.choices), *options)
        case AskedSeveral():
            kind, options = bodies.IdList, (("max_length", MOST_CHOSEN), ("help_text", field.about), *options)
        case Text():
            kind = bodies.Address if field.reads == OF_MAIL else bodies.Text
            options = (("max_length", field.most), *options)
            if not field.required:
                options += (("allow_blank", True), ("default", ""))
    if isinstance(field, AskedSeveral) and field.required:
        options += (("min_length", 1),)
    yield field.name, kind, options
