"""The JSON of a record, made of its model: no column is described twice."""

from datetime import UTC
from typing import Any

from django.db import models
from rest_framework import serializers

from partnerhub.web.schema import NamedSerializer

ShapeField = serializers.Field[Any, Any, Any, Any]
FIRST_COLUMNS, LAST_COLUMNS = ("id", "status", "version"), ("created_at", "updated_at")


def shape_of(
    model: type[models.Model], *names: str, about: str, called: str = "", **own: ShapeField
) -> type[serializers.Serializer[Any]]:
    """The serializer `‹Model›Serializer`: id, status and version, these columns, `own` fields, and both moments.

    A reference to somebody or to an organisation is told by id and name. `about` is what its description says. A model
    without one of the first and last columns has no such field. `called` stands for the model's name, where another
    shape of it has that.
    """
    known = {field.name for field in model._meta.fields}
    columns = [name for name in (*FIRST_COLUMNS, *names) if name in known or name in names]
    last = [name for name in LAST_COLUMNS if name in known]
    told = {field.name: field_of_column(field) for field in model._meta.fields if field.name in {*columns, *last}}
    fields = {name: told[name] for name in columns} | own | {name: told[name] for name in last}
    return type(f"{called or model.__name__}Serializer", (serializers.Serializer,), fields | {"__doc__": about})


def field_of_column(column: "models.Field[Any, Any]") -> ShapeField:
    """How a column is told, by its type. Raises KeyError for a type that has no JSON of its own."""
    if column.is_relation:
        return NamedSerializer(allow_null=column.null)
    if column.choices:
        return serializers.ChoiceField(choices=column.choices, allow_blank=column.blank)
    if isinstance(column, models.DateTimeField):
        return serializers.DateTimeField(default_timezone=UTC, allow_null=column.null)
    kind = next(one for one in type(column).__mro__ if one in PLAIN_SHAPES)
    return PLAIN_SHAPES[kind](allow_null=True) if column.null else PLAIN_SHAPES[kind]()


PLAIN_SHAPES: dict[type[Any], type[ShapeField]] = {
    models.UUIDField: serializers.UUIDField,
    models.EmailField: serializers.EmailField,
    models.CharField: serializers.CharField,
    models.TextField: serializers.CharField,
    models.DateField: serializers.DateField,
    models.BooleanField: serializers.BooleanField,
    models.IntegerField: serializers.IntegerField,
}
