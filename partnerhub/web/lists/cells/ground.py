"""What a cell is, and what the cells of one page share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from operator import attrgetter
from typing import Any
from uuid import UUID

from partnerhub.actors import Seat
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.moments import Moments

Reader = Callable[[Any], Any]
Writer = Callable[[Any], str]
Read = str | Reader
"""The name of an attribute of the row (`partner.name` too), or a function of it."""
DASH = '<span class="soft">–</span>'


@dataclass
class Look:
    """What the cells of one page share: whose page it is, names by id, and the moment from which is told."""

    membership: Seat
    names: Mapping[UUID, str] = field(default_factory=dict)
    moments: Moments = field(default_factory=Moments)
    trail: str = ""
    """What the address of a record says of the list, up to the number of its row; empty: nothing."""
    numbers: Mapping[Any, int] = field(default_factory=dict)
    """Which row of the whole list is which, by the record's id."""

    def pages(self, to: Addresses) -> Callable[[Any], str]:
        """(id) → the address of the record's page, ready for markup; of a row of the list with the list's trail."""
        page, numbers, trail = to.pages(), self.numbers, escape(self.trail)
        if not trail:
            return page
        return lambda key: f"{page(key)}?{trail}{numbers[key]}" if key in numbers else page(key)


def reader(read: Read) -> Reader:
    """(row) → what is read. `get_<field>_display`, the words of a choice, is a method of the row: it is called."""
    if not isinstance(read, str):
        return read
    found = attrgetter(read)
    return (lambda row: found(row)()) if read.endswith("_display") else found


class Cell:
    """A cell whose value is written as it is; nothing is a dash."""

    def value(self, look: Look) -> Reader:
        """(row) → what a spreadsheet gets."""
        raise NotImplementedError

    def html(self, look: Look) -> Writer:
        """(row) → what stands in the cell of the page."""
        value = self.value(look)
        return lambda row: escape(str(found)) if (found := value(row)) not in (None, "") else DASH


NO_CELL = Cell()
"""Of a column that is sorted by, and drawn elsewhere."""


class Control(Cell):
    """A cell with something to press in it. Stands in no spreadsheet."""


@dataclass(frozen=True)
class Markup(Control):
    """A cell with a control of its own in it: (look) → (row) → markup."""

    write: Callable[[Look], Writer]

    def html(self, look: Look) -> Writer:
        return self.write(look)
