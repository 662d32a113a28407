"""A list, declared once: of it are made its page and fragments, its exports and its API.

class CompanyList(ListOf):
    name, title, section = "companies", _("Companies"), _("Customers")
    permission = CUSTOMERS_VIEW
    columns = (Column("company", _("Company"), "name_key", cell=Link("name", to=Company.urls), always=True), …)
    default_order = "-updated"
    filter_class = CompanyFilter
    …

    def rows(self):
        return listed_companies(self.membership)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from partnerhub.roles import PARTNER
from partnerhub.web.lists.asking import Asked, Words
from partnerhub.web.lists.bulk import BulkAct
from partnerhub.web.lists.cells import Control, Link, Look, Status
from partnerhub.web.lists.columns import Column
from partnerhub.web.lists.filters.derived import filters_by
from partnerhub.web.lists.finding import Search, Searched, page_found
from partnerhub.web.lists.paging import Page, column_of, rows_page
from partnerhub.web.visibility import EVERYTHING, Rule, Since


@dataclass(frozen=True)
class Blank:
    """Nothing to show: why, and what a person may expect. `text`: the same for everybody, or by side or permission."""

    icon: str
    title: Words
    text: Words | Mapping[str, Words]


LISTS: dict[str, "type[ListOf]"] = {}
"""Every list with a page, by its name."""


class ListOf(Asked):
    """A list as it is declared, and (an instance) as a member asks for it by the parameters of an address."""

    page_name: ClassVar[str]
    """The name of the pattern of its page."""
    permission: ClassVar[str]
    title: ClassVar[Words]
    section: ClassVar[Words]
    about: ClassVar[Words | Mapping[str, Words]] = ""
    caption: ClassVar[Words] = ""
    """Over the table; the title where there is none."""
    counted: ClassVar[Any]
    """`ngettext_lazy` of how many there are: `%(number)s companies`, with `count` as its key."""
    said: ClassVar[Mapping[str, Callable[[Any], str]]] = {}
    """What its words may name: placeholder → function of the member."""
    exported: ClassVar[Sequence[Column | str]] = ()
    """What a file has, in its order: keys of columns, and columns of its own; the columns where nothing is said."""
    narrowed_by: ClassVar[Sequence[str]] = ()
    """The columns whose filters the list has, where it has no filters of its own (`filter_class`)."""
    searched: ClassVar[Searched | None] = None
    """How the database's search finds the list's words, where it does."""
    nothing_found: ClassVar[Blank]
    nothing_yet: ClassVar[Blank]
    css: ClassVar[str] = ""
    new: ClassVar[tuple[str, Words] | None] = None
    """The pattern of the page that asks for one more row, and what its button says."""
    live: ClassVar[str] = ""
    """The kind of its records, as events name it, where the page hears of their changes."""
    greys: ClassVar[bool] = False
    """Whether rows that leave it meanwhile turn grey in their place: its view answers `row` with where they are now."""
    bulk: ClassVar[Sequence[BulkAct]] = ()
    """What may be done with many rows at once."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "narrowed_by" in vars(cls):
            cls.filter_class = filters_by(one for one in cls.columns if one.key in cls.narrowed_by)
        if "exported" in vars(cls):
            by_key = {one.key: one for one in cls.columns}
            cls.exported = [by_key[one] if isinstance(one, str) else one for one in cls.exported]
        if {"name", "page_name"} <= vars(cls).keys():
            LISTS[cls.name] = cls

    # What a list says of itself

    def rule(self) -> Rule:
        """Which rows they are, for the database's search: what the member may see, and what the filters leave."""
        return EVERYTHING

    def search(self) -> Search | None:
        """What the database's search finds; None where a walk along the order finds every page."""
        if self.searched is None or not (self.text or self.is_narrowed):
            return None
        since = Since(self.order.column.sort, self.since) if self.since else EVERYTHING
        return Search(self.searched, self.text, self.rule() & since, self.otherwise())

    @property
    def narrowed_to(self) -> Mapping[str, object]:
        """What narrows the list, for people: what is set, but a view that is the list as somebody knows it."""
        return self.chosen

    def said_empty(self) -> Blank:
        """What is said where there is no row."""
        return self.nothing_found if self.narrowed_to else self.nothing_yet

    def otherwise(self) -> Rule | None:
        """Rows that are found by the text without having its words, as a number finds its record."""
        return None

    @property
    def is_narrowed(self) -> bool:
        """Whether no index has the rows in their order: on the partner's side, some orders have one of their own."""
        own = self.searched.walks.get("partner_id", ()) if self.searched else ()
        return self.membership.side == PARTNER and self.walk.column.sort not in own

    def names(self, rows: Sequence[Any]) -> Mapping[UUID, str]:
        """The names that `Person` cells show, by id."""
        return {}

    def export_columns(self) -> Sequence[Column]:
        """Those that have a value, of the columns that the member has."""
        declared: Sequence[Any] = self.exported or self.columns  # by now without keys
        return [one.in_files for one in self._of_side(declared) if not isinstance(one.cell, Control)]

    @property
    def has_acts(self) -> bool:
        """Whether its rows have buttons in them."""
        return any(isinstance(column.cell, Control) for column in self.columns)

    def export_rows(self) -> QuerySet[Any]:
        """All rows of the list over its pages, in its order."""
        return self.all().order_by(*self.walk.fields)

    def words(self, text: Words | Mapping[str, Words]) -> str:
        """What the member reads: of several the first that stands under their side, or under a permission of theirs."""
        member = self.membership
        if isinstance(text, Mapping):
            text = next(words for who, words in text.items() if who == member.side or member.can(who))
        return str(text) % {name: read(member) for name, read in self.said.items()} if self.said else str(text)

    # What is made of it

    @cached_property
    def bulk_acts(self) -> list[BulkAct]:
        """Those that the member may do."""
        return [act for act in self.bulk if self.membership.can(act.permission)]

    @classmethod
    def page_of_rows(cls) -> Callable[[Any], str] | None:
        """(id) → the address of a row's page; None where rows have none."""
        links = (column.cell for column in cls.columns if column.always and isinstance(column.cell, Link))
        return next((link.to.pages() for link in links), None)

    @classmethod
    def status_cell(cls) -> Status | None:
        """How the state of a row is drawn; None where rows have none."""
        return next((column.cell for column in cls.columns if isinstance(column.cell, Status)), None)

    @classmethod
    def above(cls) -> list[tuple[Words, str | None]]:
        """The crumbs over a row's page: the list and what it stands in."""
        section: list[tuple[Words, str | None]] = [(str(cls.section), None)] if cls.section else []
        return [*section, (str(cls.title), reverse(cls.page_name))]

    def narrowed(self) -> QuerySet[Any]:
        """The rows behind the filters, whatever words are looked for."""
        rows = self.filters.qs if self.is_asked else self.rows()
        return rows.filter(**{f"{self.order.column.sort}__gte": self.since}) if self.since else rows

    def all(self) -> QuerySet[Any]:
        """The rows behind filters and search, in no order."""
        search = self.search() if self.text else None
        rows = self.narrowed()
        return search.all(rows, column_of(rows, self.walk)) if search else rows

    def page(self, *, count: bool = False) -> Page:
        """The page that the address asks for. One statement, with `count` too; two where the search finds it."""
        search, cursor = self.search(), self.query.get("cursor", "")
        if search:
            return page_found(self.narrowed(), self.walk, search, cursor=cursor, size=self.size, count=count)
        return rows_page(self.narrowed(), self.walk, cursor=cursor, size=self.size, count=count)

    def look(self, rows: Sequence[Any]) -> Look:
        return Look(self.membership, self.names(rows))
