"""Cells that hold a moment, a day, an amount or a number, in the reader's zone and language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from html import escape
from typing import Any

from django.utils.functional import Promise

from partnerhub.web import formats
from partnerhub.web.lists.cells.ground import DASH, Cell, Look, Read, Reader, Writer, reader
from partnerhub.web.moments import time_markup
from partnerhub.web.phones import phone_cell, phone_text
from partnerhub.web.templatetags.portal import day


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
class Date(Moment):
    """A day, with its year."""

    def written(self, look: Look) -> Callable[[Any], str]:
        return day


@dataclass(frozen=True)
class Ago(Moment):
    """How long ago, with the exact moment on hover and focus."""

    def written(self, look: Look) -> Callable[[Any], str]:
        return look.moments.ago


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
class Number(Cell):
    """A count."""

    read: Read

    def value(self, look: Look) -> Reader:
        return reader(self.read)

    def html(self, look: Look) -> Writer:
        read, language = reader(self.read), look.moments.language
        return lambda row: formats.number_text(read(row), language)


@dataclass(frozen=True)
class Phone(Cell):
    """A phone number, in groups; a spreadsheet gets it as `phone_cell` writes it. `calls`: a press on it calls."""

    read: Read
    calls: bool = False

    def value(self, look: Look) -> Reader:
        read = reader(self.read)
        return lambda row: phone_cell(read(row))

    def html(self, look: Look) -> Writer:
        read, write = reader(self.read), self._call if self.calls else lambda found: escape(phone_text(found))
        return lambda row: write(found) if (found := read(row)) else DASH

    def _call(self, found: str) -> str:
        return f'<a class="num" href="tel:{escape(found.replace(" ", ""))}">{escape(phone_text(found))}</a>'
