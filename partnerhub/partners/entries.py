"""Small records that a page keeps: the locations and solutions of a partner, the tiers of the programme.

Each is a row of few columns, added, changed and retired by the same two verbs. A new kind is a model that derives from
`Entry`, and its line in `partners.kept`.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnerhub.actors import Seat
from partnerhub.errors import Reason, Refused, Stale, broken_constraint
from partnerhub.events.services import record
from partnerhub.partners.models import Entry
from partnerhub.records.editing import take_over
from partnerhub.tenancy.locks import count_alone
from partnerhub.web.fields import plain_text, website_of
from partnerhub.web.folding import fold

MOST_OF_A_KIND = 200
"""So many of a kind are kept for one partner, or for the tenant: pages and answers show them all."""


def add_entry(row: Entry, values: Mapping[str, Any], *, by: Seat, kind: str) -> Entry:
    """Keep a new row, made with what it belongs to. Raises Refused by field, and where there are too many."""
    count_alone(f"{row._meta.model_name} of {getattr(row, 'partner_id', None)}")
    if row.beside().count() >= MOST_OF_A_KIND:
        raise Refused(Reason("too_many", _("At most %(most)s of these are kept.") % {"most": MOST_OF_A_KIND}))
    _bring_in(row, {name: values.get(name) for name in row.EDITED})
    _save(row)
    record(kind, row, actor=by, after=plain_entry(row, row.FIELDS), data=row.told())
    return row


def change_entry(row: Entry, changes: Mapping[str, Any], *, by: Seat, kind: str, seen: int | None) -> Entry:
    """Change, retire or bring back a row that the caller holds locked. Raises Refused by field, and Stale."""
    wanted = {name: value for name, value in changes.items() if name in row.EDITED}
    before = plain_entry(row, wanted)
    if seen is not None and seen != row.version:
        raise Stale(row, {name: (wanted[name], before[name]) for name in wanted if wanted[name] != before[name]})
    _bring_in(typed := copy(row), wanted)
    fields = {name: getattr(typed, name) for name, value in plain_entry(typed, wanted).items() if value != before[name]}
    if not fields:
        return row
    take_over(row, fields, write=lambda _columns: _save(row))
    told = {name: before[name] for name in fields}
    record(kind, row, actor=by, before=told, after=plain_entry(row, fields), data=row.told())
    return row


def plain_entry(row: Entry, names: Any) -> dict[str, Any]:
    """The columns by name, as plain JSON."""
    values = {name: getattr(row, name) for name in names}
    return {name: one if isinstance(one, bool | int | None) else str(one) for name, one in values.items()}


def _bring_in(row: Entry, values: Mapping[str, Any]) -> None:
    reasons = [reason for name, value in values.items() for reason in _shape(row, name, value)]
    if not fold(row.name) and not any(reason.field == "name" for reason in reasons):
        reasons.append(Reason("name_missing", _("Enter a name."), field="name"))
    if reasons:
        raise Refused(reasons)


def _shape(row: Entry, name: str, value: Any) -> Iterator[Reason]:
    """Bring one value in the shape in which it is kept; why it can't be."""
    column: Any = row._meta.get_field(name)
    try:
        if isinstance(value, str):
            value = plain_text(value, lines=column.get_internal_type() == "TextField")
            value = website_of(value) if name == "website" and value else value
            value = value.upper() if name == "country" else value
        value = column.get_default() if value is None and not column.null else value
        setattr(row, name, column.clean(value, row) if value not in {"", None} else value)
    except ValidationError as error:
        yield Reason("invalid", " ".join(error.messages), field=name)


def _save(row: Entry) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if not broken_constraint(error).endswith("_name"):
            raise
        text = _("There is one called %(name)s already.") % {"name": row.name}
        raise Refused(Reason("name_taken", text, field="name")) from error
