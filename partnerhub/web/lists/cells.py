"""What stands in a cell of a list: as markup for the page, and as a value for a spreadsheet.

A cell is made ready once per page (`html`, `value`) and called for each row: rows are written in Python, because a
template took half of a page's CPU for them. Everything that a person typed goes through `escape`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from html import escape
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from partnerhub.web import formats
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.moments import Moments, time_markup
from partnerhub.web.phones import phone_cell, phone_text
from partnerhub.web.templatetags.portal import icon_markup

Reader = Callable[[Any], Any]
Writer = Callable[[Any], str]
Read = str | Reader
"""The name of an attribute of the row (`partner.name` too), or a function of it."""
DASH = '<span class="soft">–</span>'


@dataclass
class Look:
    """What the cells of one page share: whose page it is, names by id, and the moment from which is told."""

    membership: Any
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
    return attrgetter(read) if isinstance(read, str) else read


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


@dataclass(frozen=True)
class Text(Cell):
    """Words, and under them others in small; `nothing` says what is missing."""

    read: Read
    small: Read | None = None
    nothing: str | Promise = ""

    def value(self, look: Look) -> Reader:
        return reader(self.read)

    def html(self, look: Look) -> Writer:
        value, small = self.value(look), self.under()
        nothing = f'<span class="soft">{escape(str(self.nothing))}</span>' if self.nothing else DASH
        return lambda row: (escape(str(found)) if (found := value(row)) else nothing) + small(row)

    def under(self) -> Writer:
        """(row) → the small words, if there are any."""
        if self.small is None:
            return lambda row: ""
        read = reader(self.small)
        return lambda row: f"<small>{escape(str(found))}</small>" if (found := read(row)) else ""


@dataclass(frozen=True)
class Link(Text):
    """Words that lead to the page of a record: `to` are its model's addresses, `key` is the attribute with its id.

    Who lacks the `permission` gets the words alone.
    """

    to: Addresses = field(kw_only=True)
    key: str = "pk"
    permission: str = ""

    def html(self, look: Look) -> Writer:
        if self.permission and not look.membership.can(self.permission):
            return super().html(look)
        value, small, key, page = self.value(look), self.under(), reader(self.key), look.pages(self.to)
        return lambda row: f'<a href="{page(key(row))}">{escape(str(value(row)))}</a>{small(row)}'


@dataclass(frozen=True)
class Outside(Text):
    """Words that lead out of the portal: `where` reads the address; without one they lead nowhere."""

    where: Read = field(kw_only=True)

    def html(self, look: Look) -> Writer:
        value, small, where, plain = self.value(look), self.under(), reader(self.where), super().html(look)
        return lambda row: (
            f'<a href="{escape(address)}" rel="noopener noreferrer">{escape(str(value(row)))}</a>{small(row)}'
            if (address := where(row))
            else plain(row)
        )


@dataclass(frozen=True)
class Person(Cell):
    """Somebody, or an organisation, by the name that the page has for an id; `nothing` says that there is nobody."""

    read: Read
    nothing: str | Promise = ""

    def value(self, look: Look) -> Reader:
        read, names = reader(self.read), look.names
        return lambda row: names.get(read(row), "")

    def html(self, look: Look) -> Writer:
        read, names = reader(self.read), {key: escape(name) for key, name in look.names.items()}
        nothing = f'<span class="soft">{escape(str(self.nothing))}</span>' if self.nothing else DASH
        return lambda row: names.get(read(row), nothing)


@dataclass(frozen=True)
class Tag(Person):
    """The name for an id, as a tag."""

    def html(self, look: Look) -> Writer:
        write = super().html(look)
        return lambda row: f'<span class="tag">{write(row)}</span>'


@dataclass(frozen=True)
class Tags(Cell):
    """Words beside each other."""

    read: Read
    nothing: str | Promise = ""

    def value(self, look: Look) -> Reader:
        read = reader(self.read)
        return lambda row: ", ".join(str(word) for word in read(row))

    def html(self, look: Look) -> Writer:
        read = reader(self.read)
        nothing = f'<span class="soft">{escape(str(self.nothing))}</span>'
        return lambda row: (
            '<div class="tags">'
            + ("".join(f'<span class="tag">{escape(str(word))}</span>' for word in read(row)) or nothing)
            + "</div>"
        )


@dataclass(frozen=True)
class Moment(Cell):
    """A moment, to the minute."""

    read: Read
    nothing: str | Promise = ""

    def value(self, look: Look) -> Reader:
        return reader(self.read)

    def html(self, look: Look) -> Writer:
        read, write = reader(self.read), self.written(look)
        nothing = f'<span class="soft">{escape(str(self.nothing))}</span>' if self.nothing else DASH
        return lambda row: write(found) if (found := read(row)) else nothing

    def written(self, look: Look) -> Callable[[Any], str]:
        zone, language = look.moments.zone, look.moments.language

        def write(at: datetime) -> str:
            exact = at.astimezone(zone).isoformat(timespec="minutes")
            return time_markup(exact, formats.moment_text(at, language=language))

        return write


@dataclass(frozen=True)
class Day(Moment):
    """A day, without its year where it is the present one."""

    def written(self, look: Look) -> Callable[[Any], str]:
        moments = look.moments
        return lambda at: moments.day(at) if isinstance(at, datetime) else moments.date(at)


@dataclass(frozen=True)
class Ago(Moment):
    """How long ago, with the exact moment on hover and focus."""

    def written(self, look: Look) -> Callable[[Any], str]:
        return look.moments.ago


@dataclass(frozen=True)
class Status(Cell):
    """A state: icon, word and tone. `words`: its choices; `tones`: state → (tone, icon)."""

    read: Read
    words: Any
    tones: Mapping[Any, tuple[str, str]]

    def value(self, look: Look) -> Reader:
        read, labels = reader(self.read), {word.value: str(word.label) for word in self.words}
        return lambda row: labels[read(row)]

    def html(self, look: Look) -> Writer:
        read, pills = reader(self.read), {word.value: self._pill(word) for word in self.words}
        return lambda row: pills[read(row)]

    def _pill(self, word: Any) -> str:
        tone, icon = self.tones[word]
        return f'<span class="status" data-tone="{tone}">{icon_markup(icon)}{escape(str(word.label))}</span>'


@dataclass(frozen=True)
class Money(Cell):
    """An amount (`partnerhub.money.Money`, or None); without `cents` in whole ones. A spreadsheet gets the number."""

    read: Read
    cents: bool = False

    def value(self, look: Look) -> Reader:
        read = reader(self.read)

        def amount(row: Any) -> Decimal | None:
            found = read(row)
            return None if found is None else found.amount

        return amount

    def html(self, look: Look) -> Writer:
        read, language = reader(self.read), look.moments.language

        def write(row: Any) -> str:
            found = read(row)
            if found is None:
                return DASH
            amount = formats.amount_text(found.minor, found.currency, cents=self.cents, language=language)
            return f'<span class="money"><span class="code">{escape(found.currency)}</span> {amount}</span>'

        return write


@dataclass(frozen=True)
class Phone(Cell):
    """A phone number, in groups; a spreadsheet gets it as `phone_cell` writes it."""

    read: Read

    def value(self, look: Look) -> Reader:
        read = reader(self.read)
        return lambda row: phone_cell(read(row))

    def html(self, look: Look) -> Writer:
        read = reader(self.read)
        return lambda row: escape(phone_text(found)) if (found := read(row)) else DASH


@dataclass(frozen=True)
class Number(Cell):
    """A count."""

    read: Read

    def value(self, look: Look) -> Reader:
        return reader(self.read)

    def html(self, look: Look) -> Writer:
        read, language = reader(self.read), look.moments.language
        return lambda row: formats.number_text(read(row), language)


@dataclass(frozen=True)
class YesNo(Cell):
    """One of two."""

    read: Read

    def value(self, look: Look) -> Reader:
        read, words = reader(self.read), {True: _("Yes"), False: _("No")}
        return lambda row: words[read(row)]


@dataclass(frozen=True)
class Markup(Cell):
    """A cell with a control in it: (look) → (row) → markup. Stands in no spreadsheet."""

    write: Callable[[Look], Writer]

    def html(self, look: Look) -> Writer:
        return self.write(look)
