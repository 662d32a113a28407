"""Registration of letters and words by the apps above."""

from collections.abc import Iterable
from typing import Any

from notifications.selectors.circles import CIRCLES
from notifications.selectors.telling import TELLINGS, Telling
from notifications.services.nudging import nudge
from notifications.states import PURPOSES
from partnerhub.events.services import follow


def register_letters(tellings: Iterable[Telling]) -> None:
    """Take in what an app tells, with its purposes and circles. Called once by each app when it is ready.

    Raises ValueError for a row, a purpose or a circle whose key another has already.
    """
    for telling in tellings:
        follow(telling.kind, wake=nudge)
        _keep(TELLINGS, (telling.kind, telling.about), telling)
        for rule in telling.rules:
            _keep(PURPOSES, rule.purpose.key, rule.purpose)
        for circle in telling.circles:
            _keep(CIRCLES, circle.key, circle)


def _keep(known: dict[Any, Any], key: Any, value: Any) -> None:
    if known.setdefault(key, value) is not value:
        raise ValueError(f"{key} is registered already.")
