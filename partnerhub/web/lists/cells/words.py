"""Cells that say something in words: texts, links, people, tags, states."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.lists.cells.ground import DASH, Cell, Look, Read, Reader, Writer, reader
from partnerhub.web.templatetags.portal import breakable, icon_markup


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
    """Words that lead out of the portal: `where` reads the address; without one they lead nowhere.

    `breaks`: a long one breaks at the end of a line, after `@`, `.` and `/` only.
    """

    where: Read = field(kw_only=True)
    breaks: bool = False

    def html(self, look: Look) -> Writer:
        value, small, where, plain = self.value(look), self.under(), reader(self.where), super().html(look)
        write: Writer = breakable if self.breaks else lambda found: escape(str(found))
        return lambda row: (
            f'<a href="{escape(address)}" rel="noopener noreferrer">{write(value(row))}</a>{small(row)}'
            if (address := where(row))
            else plain(row)
        )


@dataclass(frozen=True)
class Mail(Text):
    """An address to write to."""

    def html(self, look: Look) -> Writer:
        value, plain = self.value(look), super().html(look)
        return lambda row: (
            f'<a href="mailto:{escape(str(found))}">{breakable(found)}</a>' if (found := value(row)) else plain(row)
        )


@dataclass(frozen=True)
class Code(Text):
    """What a machine said, as it said it."""

    def html(self, look: Look) -> Writer:
        value, plain = self.value(look), super().html(look)
        return lambda row: f"<code>{escape(str(found))}</code>" if (found := value(row)) else plain(row)


@dataclass(frozen=True)
class Both(Cell):
    """Two cells in one, with a comma between: who, and when. Without the first there is nothing."""

    first: Cell
    second: Cell

    def value(self, look: Look) -> Reader:
        return self.first.value(look)

    def html(self, look: Look) -> Writer:
        first, second = self.first.html(look), self.second.html(look)
        return lambda row: f"{first(row)}, {second(row)}"


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

    def pill(self, row: object) -> SafeString:
        """The same for beside a title, as markup."""
        return mark_safe(self._pill(self.words(reader(self.read)(row)), "status large"))  # noqa: S308 - escaped there

    def _pill(self, word: Any, css: str = "status") -> str:
        tone, icon = self.tones[word]
        return f'<span class="{css}" data-tone="{tone}">{icon_markup(icon)}{escape(str(word.label))}</span>'


@dataclass(frozen=True)
class YesNo(Cell):
    """One of two."""

    read: Read

    def value(self, look: Look) -> Reader:
        read, words = reader(self.read), {True: _("Yes"), False: _("No")}
        return lambda row: words[read(row)]
