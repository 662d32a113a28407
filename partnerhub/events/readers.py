"""Who may read what an event says about a record: business apps say so here, so that events need not know them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from partnerhub.actors import Seat
from partnerhub.events.models import Event

IsVisible = Callable[[str, str], bool]
"""(field, side) → whether this side gets the field at all."""


@dataclass(frozen=True)
class Readers:
    permission: str
    is_visible: IsVisible


_readers: dict[str, Readers] = {}


def register_readers(subject_type: str, *, permission: str, is_visible: IsVisible) -> None:
    """The fields of this kind of record are read by whoever may read the record itself, and by their side."""
    _readers[subject_type] = Readers(permission, is_visible)


def permission_to_read(event: Event) -> str:
    """The permission without which a member is told that something happened, and not what; empty: none."""
    readers = _readers.get(event.subject_type)
    return readers.permission if readers else ""


def may_read(event: Event, membership: Seat) -> bool:
    permission = permission_to_read(event)
    return not permission or bool(membership.can(permission))


def changes_of(event: Event, membership: Seat) -> list[dict[str, Any]]:
    """What changed, as this member may read it: {name, before, after} for each field."""
    if not may_read(event, membership):
        return []
    readers = _readers.get(event.subject_type)
    names = [*event.before, *(name for name in event.after if name not in event.before)]
    return [
        {"name": name, "before": event.before.get(name), "after": event.after.get(name)}
        for name in names
        if readers is None or readers.is_visible(name, membership.side)
    ]
