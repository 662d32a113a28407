"""A row that counts its versions takes over what was sent: what differs, the next version, both as JSON keeps it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from django.utils.timezone import now

from partnerhub.records.values import plain

Columns = dict[str, Any]


class Counting(Protocol):
    """A row that counts its versions; `updated_at`, where it has one, is its last change."""

    version: int

    def save(self, *, update_fields: Sequence[str]) -> None: ...


def differing(row: object, wanted: Mapping[str, Any]) -> Columns:
    """Those of the wanted columns in which the row has something else."""
    return {name: value for name, value in wanted.items() if plain(value) != plain(getattr(row, name))}


def take_over(
    row: Counting, fields: Mapping[str, Any], *, write: Callable[[list[str]], None] | None = None
) -> tuple[Columns, Columns]:
    """Write these columns of a row that the caller holds locked, as its next version.

    Gives them as JSON keeps them, as they were and as they are. `write` saves the columns that it is given, where more
    is to be done than that; what it raises leaves the row in the database as it was.
    """
    before = {name: plain(getattr(row, name)) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    columns = [*fields, "version"]
    if hasattr(row, "updated_at"):
        row.updated_at = now()
        columns.append("updated_at")
    if write:
        write(columns)
    else:
        row.save(update_fields=columns)
    return before, {name: plain(getattr(row, name)) for name in fields}
