"""Statements of ours whose rows are models: reading them, and writing new ones.

Django's querysets say what is wanted anew each time: half of what a small read costs. The few statements that every
page sends are written out instead, with the columns taken from the models. Each names the tenant itself, as the
manager does for a queryset; row-level security stands behind both.

PostgreSQL reads and plans such a statement once per connection (PREPARE): doing so anew each time cost it more than
finding the rows. Behind a transaction pooler, where a connection is not ours for long, each is sent as it is.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import count
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault
from django.db.utils import DatabaseError, DataError, IntegrityError
from django.utils.functional import Promise

PREPARED_ROWS = 4  # more at once go as one value, so that their number makes no shape of its own
AS_JSON = (
    *(models.CharField, models.EmailField, models.TextField, models.UUIDField, models.BooleanField, models.DateField),
    *(models.DateTimeField, models.IntegerField, models.PositiveIntegerField, models.PositiveSmallIntegerField),
    *(models.SmallIntegerField, models.BigIntegerField, models.GenericIPAddressField, models.JSONField, ArrayField),
)
"""Fields of these very classes hold what JSON can say as PostgreSQL reads it."""

Parameters = Sequence[Any] | Mapping[str, Any]

_prepared: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
_numbers = count(1)


def columns(model: type[Model], alias: str) -> str:
    """The columns of a model in the order that `read` expects, each behind the alias of its table."""
    return ", ".join(f"{alias}.{field.column}" for field in model._meta.concrete_fields)


def read(query: str, parameters: Parameters, *models: type[Model]) -> list[tuple[Any, ...]]:
    """The rows of a statement whose first columns are those of these models, in this order.

    Gives a tuple for each row: one instance for each model (None where an outer join found none), then what is left.
    """
    with connection.cursor() as cursor:
        send(cursor, query, parameters)
        found = cursor.fetchall()
    return [_instances(row, models) for row in found]


def insert(rows: Sequence[Model], *, if_new: bool = False) -> None:
    """Write new rows of one model by one statement, as `bulk_create` does, without composing it anew each time.

    `if_new`: a row that is there already, by whatever is unique about it, is passed over. Values only, no expressions.
    Whether the rows may be written is asked before (`TenantModel.save`, `insert_new`) and by the database.
    """
    model = type(rows[0])
    reads = _read_as_json(model) if len(rows) > PREPARED_ROWS else None
    with connection.cursor() as cursor:
        if reads:
            send(cursor, _insert_set(model, if_new), [_as_json(rows, reads)])
        else:
            fields = _written(model)
            values = [one.get_db_prep_save(one.pre_save(row, add=True), connection) for row in rows for one in fields]
            query = _insert_of(model, len(rows), if_new)
            (send if len(rows) <= PREPARED_ROWS else _execute)(cursor, query, values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - Django's own way to say so


def plan_anew() -> None:
    """Let PostgreSQL plan anew what this connection asks: for who writes many rows at once.

    A plan that was made while a table was empty walks all of it, row for row, until the statistics come.
    """
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")


def is_plain(row: Model) -> bool:
    """Whether `insert` can write it: nothing is left for the database to fill."""
    return not any(isinstance(getattr(row, name), DatabaseDefault) for name in _filled(type(row)))


@cache
def _filled(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.has_db_default()]


@cache
def _written(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.generated]


@cache
def _read_as_json(model: type[Model]) -> list[tuple[str, str, Callable[[Any], Any] | None]] | None:
    """Column, attribute, and what makes a value JSON of each field; None where one of them has to be asked itself."""
    found: list[tuple[str, str, Callable[[Any], Any] | None]] = []
    for field in _written(model):
        is_dated = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        if is_dated or not isinstance(field, (*AS_JSON, models.ForeignKey)):
            return None
        is_plain_kind = type(field) in AS_JSON or isinstance(field, models.ForeignKey)
        found.append((str(field.column), field.attname, None if is_plain_kind else field.get_prep_value))
    return found


def _as_json(rows: Sequence[Model], reads: Sequence[tuple[str, str, Callable[[Any], Any] | None]]) -> str:
    values = [
        {column: convert(getattr(row, name)) if convert else getattr(row, name) for column, name, convert in reads}
        for row in rows
    ]
    return json.dumps(values, default=_json_value, ensure_ascii=False, separators=(",", ":"))


def _json_value(value: object) -> str:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (UUID, Promise)):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no value of a row.")


@cache
def _insert_set(model: type[Model], if_new: bool) -> str:
    table, names = model._meta.db_table, ", ".join(str(field.column) for field in _written(model))
    rest = " ON CONFLICT DO NOTHING" if if_new else ""
    return f"INSERT INTO {table} ({names}) SELECT {names} FROM json_populate_recordset(NULL::{table}, %s::json){rest}"  # noqa: S608 - the model's own words


@lru_cache(maxsize=256)  # how many rows come at once is not ours to say
def _insert_of(model: type[Model], count: int, if_new: bool) -> str:
    names = [str(field.column) for field in _written(model)]
    row = f"({', '.join(['%s'] * len(names))})"
    rest = " ON CONFLICT DO NOTHING" if if_new else ""
    return f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) VALUES {', '.join([row] * count)}{rest}"  # noqa: S608 - the model's own words


def _execute(cursor: CursorWrapper, query: str, parameters: Parameters) -> None:
    cursor.execute(query, parameters)


def send(cursor: Any, query: str, parameters: Parameters) -> None:
    """Execute a statement that is written out in our code, prepared where it can be.

    `query` has parameters and is one of few: each stays with the connection. Ids in a list are UUIDs, because
    PostgreSQL does not take an array of texts for one of ids.
    """
    if connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:  # behind a transaction pooler
        cursor.execute(query, parameters)
        return
    known = _prepared.setdefault(connection.connection, {})
    try:
        if query in known:
            cursor.execute(known[query], parameters)
            return
        name = f"statement_{next(_numbers)}"  # a name is never used again, also where preparing came to nothing
        plan, call = _texts(query, name, tuple(parameters) if isinstance(parameters, Mapping) else len(parameters))
        cursor.execute(f"{plan}; {call}", parameters)
        known[query] = call
    except (DataError, IntegrityError):
        raise  # the values were not taken; the plan is as good as before
    except DatabaseError:
        known.clear()  # a plan may have outlived what it was made for: begin anew
        raise


def _texts(query: str, name: str, names: tuple[str, ...] | int) -> tuple[str, str]:
    """The statements that prepare the query under a name and that call it. `names` of its parameters, or how many."""
    if isinstance(names, int):
        placed: Any = tuple(f"${number}" for number in range(1, names + 1))
        given = ["%s"] * names
    else:
        placed = {key: f"${number}" for number, key in enumerate(names, 1)}
        given = [f"%({key})s" for key in names]
    body = (query % placed).replace("%", "%%")
    return f"PREPARE {name} AS {body}", f"EXECUTE {name} ({', '.join(given)})"


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
