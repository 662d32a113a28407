"""Statements of ours whose rows are models.

Django's querysets say what is wanted anew each time: half of what a small read costs. The few statements that every
page sends are written out instead, with the columns taken from the models. Each names the tenant itself, as the
manager does for a queryset; row-level security stands behind both.
"""

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model


def columns(model: type[Model], alias: str) -> str:
    """The columns of a model in the order that `read` expects, each behind the alias of its table."""
    return ", ".join(f"{alias}.{field.column}" for field in model._meta.concrete_fields)


def read(query: str, parameters: Any, *models: type[Model]) -> list[tuple[Any, ...]]:
    """The rows of a statement whose first columns are those of these models, in this order.

    Gives a tuple for each row: one instance for each model (None where an outer join found none), then what is left.
    """
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        found = cursor.fetchall()
    return [_instances(row, models) for row in found]


@cache
def _shape(model: type[Model]) -> tuple[list[str], int, list[tuple[int, Any]]]:
    """The fields' names, which of them is the key, and those whose values a cursor leaves to the field (JSON)."""
    fields = list(model._meta.concrete_fields)
    converted = [(place, field) for place, field in enumerate(fields) if hasattr(field, "from_db_value")]
    key = fields.index(model._meta.pk)
    return [field.attname for field in fields], key, converted


def _instances(row: tuple[Any, ...], models: tuple[type[Model], ...]) -> tuple[Any, ...]:
    made: list[Any] = []
    start = 0
    for model in models:
        names, key, converted = _shape(model)
        values = list(row[start : start + len(names)])
        start += len(names)
        if values[key] is None:
            made.append(None)
            continue
        for place, field in converted:
            values[place] = field.from_db_value(values[place], None, connection)
        made.append(model.from_db(connection.alias, names, values))
    return (*made, *row[start:])
