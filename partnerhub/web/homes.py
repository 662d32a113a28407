"""What apps put on a person's home: they register it here, so that who draws the page need not know them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from partnerhub.actors import Seat
from partnerhub.web.formats import moment_text

MOST_COUNTED = 100
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


def count_text(many: int) -> str:
    """So many, read up to one more than MOST_COUNTED: `100+`."""
    return f"{MOST_COUNTED}+" if many > MOST_COUNTED else str(many)


def due_part(label: str, due: Sequence[datetime], url: str) -> Part:
    """What waits for the reader, with the time by which the first is due; nothing where nothing waits.

    `due` are the first MOST_COUNTED + 1 of these times.
    """
    if not due:
        return Part()
    note = _("the first by %(moment)s") % {"moment": moment_text(due[0])}
    return Part(figures=[Figure(label, count_text(len(due)), note, url)])


MakePart = Callable[[Any], Part]
"""membership → what the app puts on this person's home; its statements do not grow with its rows."""
_makers: list[MakePart] = []


def register_home(make: MakePart) -> None:
    """An app has something for homes; called when it is ready."""
    _makers.append(make)


def home_parts(membership: Seat) -> list[Part]:
    """What all apps put on this person's home."""
    return [make(membership) for make in _makers]
