"""A list on its page: everything about it stands in the address, and each control is another address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from partnerhub.actors import Seat
from partnerhub.web.formats import number_text
from partnerhub.web.lists.bulk import LARGEST, MOST
from partnerhub.web.lists.cells import Look
from partnerhub.web.lists.controls import (
    column_button,
    column_choices,
    head_row,
    order_words,
    sort_button,
    sort_choices,
)
from partnerhub.web.lists.declaring import Blank, ListOf
from partnerhub.web.lists.filing import asking_url
from partnerhub.web.lists.filters import MenuFilter
from partnerhub.web.lists.links import Address
from partnerhub.web.lists.narrowing import Narrowing
from partnerhub.web.lists.paging import CAP, PAGE_SIZES, Page
from partnerhub.web.lists.saved import OPEN, PLAIN, default_of
from partnerhub.web.lists.viewing import ViewsDrawn
from partnerhub.web.lists.writing import write_rows
from partnerhub.web.trails import LONGEST_TRAIL, ROW, Trail

SORT, COLUMNS_MENU = "sort", "columns"


@dataclass(frozen=True)
class Menu:
    """A menu that is fetched.

    `held`: what a form around it carries along, where it stands on a page of its own; None: it needs no form.
    """

    label: str
    choices: SafeString
    held: Sequence[tuple[str, str]] | None = None


class Drawn(Narrowing):
    """What the template of every list draws. `url`: of the page; `files`: (words, address) of its exports.

    `opens`: the id of the part of the page in which the rows open; empty: each has a page of its own.
    """

    opens: ClassVar[str] = ""

    def __init__(self, listing: ListOf, url: str, files: Iterable[tuple[str, str]] = ()) -> None:
        self.of = listing
        self.url = url
        self.files = list(files)

    @cached_property
    def address(self) -> Address:
        listing = self.of
        view = str(listing.view.id) if listing.view else ""
        is_open = bool(view) and listing.is_view_open
        return Address(listing.query, view=view, is_open=is_open, plain=self._plain)

    @property
    def _plain(self) -> str:
        """The parameters of the list without any: who opens it with a view of theirs has to ask for it."""
        return f"?{OPEN}={PLAIN}" if default_of(self.of.name, self.of.membership) else "?"

    @property
    def plain_url(self) -> str:
        return f"{self.url}{self._plain.removesuffix('?')}"

    @property
    def same_url(self) -> str:
        """What is shown now, from its first page on."""
        return f"{self.url}{self.address.same_with()}"

    @cached_property
    def page(self) -> Page:
        return self.of.page(count=True)

    # Words

    @property
    def title(self) -> str:
        return str(self.of.title)

    @property
    def caption(self) -> str:
        return str(self.of.caption or self.of.title)

    @property
    def about(self) -> str:
        return self.of.words(self.of.about)

    @property
    def page_title(self) -> str:
        """The title of the browser's window: which page, and in which order where it is not the usual one."""
        parts = [self.title]
        if self.number > 1:
            parts.append(_("page %(number)s") % {"number": self.number})
        if self.of.order.parameter != self.of.default_order:
            parts.append(_("sorted by %(order)s") % {"order": self.order_words})
        return ", ".join(parts)

    @property
    def number(self) -> int:
        """Which page of its size this is, as far as rows before it were counted."""
        return (self.page.first_row - 1) // self.of.size + 1 if self.page.rows else 1

    @property
    def order_words(self) -> str:
        return order_words(self.of.all_columns, self.of.order)

    @cached_property
    def count_words(self) -> str:
        """`86 leads`, `100+ leads`; `25+ leads` where looking for them ended before they were counted."""
        page = self.page
        found = page.last_row if page.counted is None else min(page.counted, CAP)
        is_more = page.counted > CAP if page.counted is not None else page.older is not None
        shown = number_text(found) + ("+" if is_more else "")
        return str(self.of.counted % {"count": found, "number": shown})

    @property
    def status(self) -> SafeString:
        """What screen readers are told after each change: how many there are, which of them are shown, their order."""
        if not self.page.rows:
            return mark_safe(escape(self.blank["title"]))  # noqa: S308 - escaped
        words = {"first": self.page.first_row, "last": self.page.last_row, "order": self.order_words}
        rest = _("rows %(first)s to %(last)s, sorted by %(order)s") % words
        return mark_safe(f'{escape(self.count_words)}<span class="hide-text">, {escape(rest)}</span>')  # noqa: S308 - escaped

    @cached_property
    def saved(self) -> ViewsDrawn:
        return ViewsDrawn(self.of, self.url)

    # Selected rows

    @cached_property
    def bulk(self) -> list[dict[str, Any]]:
        """What may be done with the selected rows; the addresses carry the list.

        One with a `menu` (an address) asks its question there, and is pressed by `key`; `page` are the words of the way
        to the page that asks.
        """
        query = urlencode(self.of.parameters, doseq=True)
        base, rest = reverse(self.of.page_name), f"?{query}" if query else ""
        return [
            {"name": act.name, "label": act.label, "icon": act.icon, "url": f"{base}bulk/{act.name}/{rest}"}
            for act in self.of.bulk_acts
        ]

    @property
    def all_words(self) -> str:
        """`Select all 86 leads that match`, where the list is longer than its page; of more than are counted, how many
        an act takes at most.
        """
        page = self.page
        if not (page.older or page.newer):
            return ""
        if page.counted is not None and page.counted <= MOST:
            return _("Select all %(rows)s that match") % {"rows": self.count_words}
        return _("Select all that match, at most %(most)s") % {"most": number_text(LARGEST)}

    # Rows and their controls

    @cached_property
    def body(self) -> SafeString:
        rows = self.page.rows
        return write_rows(self.of.shown, rows, self.look, pick=bool(self.of.bulk_acts)) if rows else SafeString()

    @property
    def look(self) -> Look:
        """What the cells share; the links of the rows say from which row of which list they lead."""
        rows, page = self.page.rows, self.page
        look = self.of.look(rows)
        trail = Trail(urlencode(self.of.parameters, doseq=True), of=page.counted or 0)
        if len(trail.query) <= LONGEST_TRAIL:
            look.trail = f"{trail.address}&{ROW}="
            look.numbers = {row.pk: number for number, row in enumerate(rows, page.first_row)}
        return look

    @property
    def heads(self) -> SafeString:
        pick = _("Select all rows on this page") if self.of.bulk_acts else ""
        return head_row(self.of.all_columns, self.of.shown, self.of.order, self.address.before("sort"), pick)

    @property
    def sorter(self) -> SafeString:
        return sort_button(self.of.all_columns, self.of.order, self.url_to(SORT))

    @property
    def chooser(self) -> SafeString:
        return column_button(self.url_to(COLUMNS_MENU))

    def menu(self, name: str) -> Menu | None:
        """One of its menus, as it is fetched; None where it has no such menu, or not for this member."""
        address, of = self.address, self.of
        if name == SORT:
            return Menu(_("Sort by"), sort_choices(of.all_columns, of.order, address.before(SORT)))
        if name == COLUMNS_MENU:
            rest, before, plain = address.hidden(name), address.before(name), address.without(name)
            return Menu(_("Columns"), column_choices(of.all_columns, of.shown, rest, before, plain))
        one = of.filters.filters.get(name)
        if not isinstance(one, MenuFilter) or not one.drawn:
            return None
        held = None if one.single else address.hidden(name)
        return Menu(str(one.label), self.choices_of(name, one), held)

    @property
    def exports(self) -> list[dict[str, str]]:
        query = self.address.same_without("size")
        return [{"words": words, "url": f"{url}{query}"} for words, url in self.files]

    @property
    def sent_url(self) -> str:
        """Where one asks for a link to the file instead."""
        return asking_url(type(self.of), self.address.same_without("size"))

    @property
    def pager(self) -> dict[str, Any]:
        """The foot of a list: its neighbours, and how many rows a page has."""
        page = self.page
        return {
            "first_row": page.first_row,
            "last_row": page.last_row,
            "newer_url": self.address.same_with(cursor=page.newer) if page.newer else None,
            "older_url": self.address.same_with(cursor=page.older) if page.older else None,
            "size": self.of.size,
            "sizes": PAGE_SIZES,
            "hidden": self.address.same_hidden("size"),
        }

    # Where nothing is found, or not all was looked at

    @property
    def further_url(self) -> str:
        """Where looking for rows goes on; empty where it did not end early."""
        return self.address.same_with(cursor=self.page.further) if self.page.further else ""

    @property
    def cut(self) -> str:
        """What is said under the rows where looking for them ended early; empty where it did not."""
        if not self.page.further:
            return ""
        return _("Only a part of the list has been looked through for this page. Look further on the next one.")

    @property
    def nothing(self) -> Blank:
        """What is said where there is no row."""
        return self.of.said_empty()

    @property
    def blank(self) -> dict[str, str]:
        if self.page.further:
            title = _("Nothing found so far")
            text = _("Only a part of the list has been looked through. Look further, or narrow it down more.")
            return {"icon": "search", "title": title, "text": text}
        blank = self.nothing
        return {"icon": blank.icon, "title": str(blank.title), "text": self.of.words(blank.text)}


class Preview(Drawn):
    """The first rows of a list, beside something else. `narrow`: the parameters of the list whose rows they are."""

    def __init__(self, list_class: type[ListOf], membership: Seat, **narrow: str) -> None:
        query = QueryDict(urlencode(narrow | {"size": str(PAGE_SIZES[0])}))
        url = reverse(list_class.page_name)
        super().__init__(list_class(query, membership), f"{url}?{urlencode(narrow)}" if narrow else url)

    @cached_property
    def body(self) -> SafeString:
        """No address leads to these rows: the list's own, on its page, have the names."""
        return write_rows(self.of.shown, self.page.rows, self.look, named=False)

    @property
    def all_of_it(self) -> str:
        """`See all 12 invitations`."""
        return _("See all %(rows)s") % {"rows": self.count_words}
