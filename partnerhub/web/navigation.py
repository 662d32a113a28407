"""Places in the side navigation: apps register theirs, so that who draws it need not know them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from partnerhub.roles import PARTNER, VENDOR


@dataclass(frozen=True)
class Place:
    """A page that the navigation leads to.

    `view` is the name of its address, `group` the word of one of the portal's groups, `position` its place in there.
    Who lacks the permission sees it with a lock; with none named it is everybody's.
    """

    label: str | Promise
    view: str
    icon: str
    group: str
    position: int
    permission: str = ""
    sides: tuple[str, ...] = (PARTNER, VENDOR)


_places: list[Place] = []


def register_places(places: Iterable[Place]) -> None:
    """An app has these pages; called when it is ready."""
    _places.extend(places)
    _places.sort(key=lambda place: place.position)


def places_in(group: str, side: str) -> list[Place]:
    """The places of a group as this side has them, in order."""
    return [place for place in _places if place.group == group and side in place.sides]


def all_places() -> list[Place]:
    return _places
