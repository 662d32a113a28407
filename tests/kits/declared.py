"""What an app declares in its `brings.py`, a line each, to get the tests of a kind: see the tests of this folder.

| declaration | under | for each | tests |
|---|---|---|---|
| `list_of` | `LISTS` | list with a page | `test_lists.py` |
| `steps_of` | `MACHINES` | machine with steps that people take | `test_steps.py`, `test_races.py` |
| `walls_of` | `WALLS` | owned model of which nobody in the house has a row | `test_walls.py` |
| `letters_of` | `LETTERS` | kind of event that mails tell of | `test_letters.py` |

What is declared stands under the name by which the portal itself knows it; one that is forgotten fails a test. What
takes a body over the API is found in its description, and declared nowhere (`test_record_api.py`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Walls:
    """`make` writes rows of the model into Acme, where the house has none: one of each partner, if it has partners."""

    make: Callable[[Any], None]


def walls_of(make: Callable[[Any], None]) -> Walls:
    return Walls(make)


@dataclass(frozen=True)
class Listed:
    """`many(house, count)` writes so many rows more into Acme: Nordwind's, where rows are a partner's.

    `words` are what the search looks at; with `begins` it finds them by their beginning only. `filters` say in Python
    what those filters leave that have a method of their own: (row, value) → whether it stays; `values` are what is
    asked of a filter without choices, besides what stands in the rows. `reader` is the role, by letter, that sees all
    rows. `always`: the list of nobody is ever empty. `api` is its address there, where it is not the page's. `nothing`
    are parameters that leave no row, where no search does; `apart` are filters that begin with other rows than the
    list's: the app's own tests look at them.
    """

    list_class: Any
    many: Callable[[Any, int], None]
    words: Callable[[Any], Iterable[str]] = lambda row: ()
    begins: bool = False
    filters: Mapping[str, Callable[[Any, Any], bool]] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reader: str = "P"
    always: bool = False
    api: str = ""
    nothing: Mapping[str, str] = field(default_factory=dict)
    apart: Iterable[str] = ()

    def __str__(self) -> str:
        return str(self.list_class.name)


def list_of(list_class: Any, many: Callable[[Any, int], None], **said: Any) -> dict[str, Listed]:
    """The entry of a list in `LISTS`, by its name."""
    return {list_class.name: Listed(list_class, many, **said)}


@dataclass(frozen=True)
class Taken:
    """How the steps of a machine are taken; who takes them, and where, says the table of that name in `STEPS`.

    `table` writes the spec once more, and is not read from the machine: step → the states it is taken from, and where
    it leads (None: the status stays). `columns(house, state, step)` put a record into a state so that the step lacks
    nothing but, perhaps, the state; `sent(house, step)` is the body over the API, `typed(house, step)` the form's,
    where it differs. `apart` are steps that need more than a record in a state: the app's own tests take them.
    """

    machine: str
    table: Mapping[str, tuple[Iterable[str], str | None]]
    columns: Callable[[Any, str, str], Mapping[str, Any]]
    sent: Callable[[Any, str], Mapping[str, Any]] = lambda house, step: {}
    typed: Callable[[Any, str], Mapping[str, Any]] | None = None
    apart: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.machine


def steps_of(machine: str, table: Mapping[str, tuple[Iterable[str], str | None]], **said: Any) -> dict[str, Taken]:
    """The entry of a machine in `MACHINES`, by its name."""
    return {machine: Taken(machine, table, **said)}


@dataclass(frozen=True)
class Told:
    """An event as it happens in the house, for its letters: the role of who acts, and what its data says besides.

    `about` is the kind of the record (of `RECORDS`) that it is about; `words` are the record's own for every event.
    `act(house)` makes it happen, where no record in the house could have it. `root`: how every subject begins.
    """

    kind: str
    by: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""
    words: Callable[[Any, Any], Mapping[str, Any]] = lambda house, record: {}
    act: Callable[[Any], None] | None = None
    root: str = ""

    def __str__(self) -> str:
        return f"{self.kind} by {self.by}" if self.by else self.kind


def letters_of(about: str, events: Iterable[tuple[str, str, Mapping[str, Any]]], **said: Any) -> dict[str, list[Told]]:
    """The entries of kinds of event in `LETTERS`: (kind, by whom, its data). What both sides tell stands twice."""
    found: dict[str, list[Told]] = {}
    for kind, by, data in events:
        found.setdefault(kind, []).append(Told(kind, by, data, about, **said))
    return found
