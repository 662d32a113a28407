"""The people who act on records: the room of members, which stands above this one, says who they are."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from partnerhub.actors import Seat
from partnerhub.errors import Reason


@dataclass(frozen=True)
class People:
    """`model`: what a column with a person refers to.

    `with_names(lists of conditions, reader)` gives the same lists; what is missing names who can mend it.
    `names_of(ids)` gives names by id as text; who is not there has none. One statement at most each.
    `opened(member, kind=, object_id=, title=, path=)` puts a record among those that the member opened last.
    """

    model: type[Any]
    with_names: Callable[[Iterable[Sequence[Reason]], Seat], list[list[Reason]]]
    names_of: Callable[[Iterable[str]], dict[str, str]]
    opened: Callable[..., None]


_known: list[People] = []


def register_people(people: People) -> None:
    """Called once, when the app of members is ready."""
    _known[:] = [people]


def people() -> People:
    """Raises IndexError before the apps are ready."""
    return _known[0]


def what_is_missing(reasons: Sequence[Reason], by: Seat) -> list[Reason]:
    """All of these conditions, each missing one with whom to ask; nothing where nothing is missing."""
    (said,) = people().with_names([reasons], by)
    return [] if all(one.ok for one in reasons) else said
