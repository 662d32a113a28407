"""What has happened to a record since the version that somebody saw, by its events."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from partnerhub.events.models import Event

Difference = dict[str, tuple[Any, Any]]
"""Field → (as it was seen, as it is now)."""


def events_since(record: Model, seen: int) -> list[Event]:
    """What has moved the record on after the version a person saw, in that order."""
    events = Event.objects.filter(subject_id=record.pk, data__version__gt=seen)
    return sorted(events, key=lambda event: event.data["version"])


def changes_in(events: Iterable[Event]) -> Difference:
    """What changed by these events: field → (as it was before them, as it is now)."""
    difference: Difference = {}
    for event in events:
        for name, value in event.after.items():
            first = difference.get(name, (event.before.get(name), None))[0]
            difference[name] = (first, value)
    return {name: pair for name, pair in difference.items() if pair[0] != pair[1]}
