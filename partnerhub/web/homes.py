"""What apps put on a person's home: they register it here, so that who draws the page need not know them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from partnerhub.actors import Seat

FIGURES = 50
"""Where the card with the figures of all apps stands among the cards."""


@dataclass(frozen=True)
class Figure:
    """A number that opens the list it counts (E20)."""

    label: str
    count: str
    note: str
    url: str


@dataclass(frozen=True)
class Act:
    """A button in the head of the page. The last one is the main act."""

    label: str
    url: str
    icon: str = "plus"


@dataclass(frozen=True)
class Card:
    """A card of the page: its template reads `this`, which is `context`. The lowest position comes first."""

    template: str
    position: int
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """What one app puts on one person's home. `sentence` says under the greeting how it stands with them."""

    sentence: str = ""
    acts: Sequence[Act] = ()
    figures: Sequence[Figure] = ()
    cards: Sequence[Card] = ()


MakePart = Callable[[Any], Part]
"""membership → what the app puts on this person's home; its statements do not grow with its rows."""
_makers: list[MakePart] = []


def register_home(make: MakePart) -> None:
    """An app has something for homes; called when it is ready."""
    _makers.append(make)


def home_parts(membership: Seat) -> list[Part]:
    """What all apps put on this person's home."""
    return [make(membership) for make in _makers]
