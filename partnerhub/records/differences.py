"""What changed on a record since a person saw it, in words: of the columns that the record's declaration names."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from partnerhub.events.words import amount_words
from partnerhub.records.kinds import Records
from partnerhub.records.people import people
from partnerhub.records.rows import Row
from partnerhub.web.money import money_columns

Difference = Mapping[str, tuple[Any, Any]]


def rows_of(
    records: Records[Any], difference: Difference, names: Mapping[str, str] | None = None, *, record: Row | None = None
) -> list[dict[str, Any]]:
    """One row per changed field that people know: {label, seen, now}. `names` of people, where they have been read;
    `record` as it is now says the currency of amounts.
    """
    names = people_in(records, [difference]) if names is None else names
    difference = {name: _with_currency(records, name, difference, record) for name in difference}
    return [
        {
            "label": records.labels[name],
            "seen": _value_words(records, name, seen, names),
            "now": _value_words(records, name, now, names),
        }
        for name, (seen, now) in difference.items()
        if name in records.labels
    ]


def _with_currency(records: Records[Any], name: str, difference: Difference, record: Row | None) -> tuple[Any, Any]:
    column = money_columns(records.model).get(name)
    if column is None:
        return difference[name]
    now = getattr(record, column, "")
    seen, now = (amount_words(*pair) for pair in zip(difference[name], difference.get(column, (now, now)), strict=True))
    return seen, now


def people_in(records: Records[Any], differences: Iterable[Difference]) -> dict[str, str]:
    """The names of the people in these differences, by id. One statement at most."""
    found = [
        key
        for difference in differences
        for name, pair in difference.items()
        if name in records.labels and _is_of_people(records, name)
        for value in pair
        for key in _keys(value)
    ]
    if not found:
        return {}
    return people().names_of(found)


def _is_of_people(records: Records[Any], name: str) -> bool:
    """Whether the column holds members: one, or the ids of several."""
    column = records.model._meta.get_field(name)
    return column.related_model is people().model or name in records.people


def _keys(value: Any) -> list[str]:
    """The ids in a value: one person's, several people's or nobody's."""
    return [key for key in (value if isinstance(value, list) else [value]) if key]


def _value_words(records: Records[Any], name: str, value: Any, names: Mapping[str, str]) -> Any:
    if value in (None, "", []):
        return "–"
    column: Any = records.model._meta.get_field(name)
    if _is_of_people(records, name):
        return ", ".join(sorted(names.get(key, "–") for key in _keys(value)))
    if isinstance(column, models.BooleanField):
        return _("Yes") if value else _("No")
    return dict(column.flatchoices).get(value, value)
