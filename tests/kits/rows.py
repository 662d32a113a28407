"""Rows by the hundred, for lists: awkward names that repeat, so that ties have to be broken and markup escaped."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from partnerhub.tenancy.models import new_id

LONG = "Tenuta Agricola e Bottega dei Sapori di Montagna e di Collina di San Gimignano e Dintorni"
NAMES = (
    "Zebra Handel",
    "alpha Café",
    "Łódzka Kawa",
    "=SUM(A1) Bakery",
    "<script>alert('x')</script> & Sons",
    'Ångström "Söhne"',
    LONG,
)
"""Every name that a list has to stand: among them a formula, a script, quotes, letters of all kinds, a long one."""


def name(number: int) -> str:
    return NAMES[number % len(NAMES)]


def moment(number: int) -> datetime:
    """At noon, four rows at once, three times a day's distance: nobody's zone makes another day of it."""
    return datetime(2026, 10, 20, 12, tzinfo=UTC) - timedelta(days=3 * (number // 4))


def copies(row: Any, count: int, **columns: Callable[[int], Any]) -> list[Any]:
    """So many rows like this one, written at once; `columns` say what differs from one to the next."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.generated and not field.primary_key
    }
    made = [
        type(row)(**kept | {name: value(number) for name, value in columns.items()} | {"id": new_id()})
        for number in range(count)
    ]
    type(row).objects.bulk_create(made)
    return made
