"""How apps bring what they tell: called when they are ready, so that no word of theirs stands here."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from notifications.selectors.circles import CIRCLES
from notifications.selectors.telling import TELLINGS, Telling
from notifications.services.writing import write_messages
from notifications.states import PURPOSES
from partnerhub.events.models import Event
from partnerhub.events.services import hears

LONG_PAST = timedelta(days=1)


def register_letters(tellings: Iterable[Telling]) -> None:
    """Take in what an app tells, with its purposes and circles. Called once by each app when it is ready.

    Raises ValueError for a row, a purpose or a circle whose key another has already.
    """
    for telling in tellings:
        if telling.kind not in {kind for kind, _about in TELLINGS}:
            hears(telling.kind)(tell_people)
        _keep(TELLINGS, (telling.kind, telling.about), telling)
        for rule in telling.rules:
            _keep(PURPOSES, rule.purpose.key, rule.purpose)
        for circle in telling.circles:
            _keep(CIRCLES, circle.key, circle)


def tell_people(event: Event) -> None:
    """Nobody is told of what is long past (events.happened)."""
    if event.occurred_at > now() - LONG_PAST:
        write_messages(event)


def _keep(known: dict[Any, Any], key: Any, value: Any) -> None:
    if known.setdefault(key, value) is not value:
        raise ValueError(f"{key} is registered already.")
