"""The page of a list and its files, made from its declaration."""

from contextlib import suppress
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from partnerhub.web.exports import CSV, csv_response
from partnerhub.web.lists.bulk_pages import BulkView
from partnerhub.web.lists.declaring import ListOf
from partnerhub.web.lists.drawing import Drawn, Menu
from partnerhub.web.lists.filing import asking_url, file_name_of, is_long
from partnerhub.web.lists.links import CHOOSE
from partnerhub.web.lists.paging import PAGE_SIZES
from partnerhub.web.lists.saved import OPEN, default_of, find
from partnerhub.web.lists.writing import row_values
from partnerhub.web.requests import Portal, SeatRequest
from partnerhub.web.sheets import XLSX, xlsx_response
from partnerhub.web.views import PortalView

KINDS = {"csv": csv_response, "xlsx": xlsx_response}
FILE_TYPES = (CSV, XLSX)


class ListView(PortalView):
    """The whole page; only the rows, or rows and what narrows them, where htmx asks for those; one of the menus.

    A page with more on it derives from this one and says what in `more`, and has a template of its own.
    """

    list_class: ClassVar[type[ListOf]]
    drawn_class: ClassVar[type[Drawn]] = Drawn
    template = "components/list/page.html"
    rows_template = "components/list/rows.html"

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.permission = cls.list_class.permission

    @classmethod
    def of(cls, list_class: type[ListOf]) -> "type[ListView]":
        """The view of a list that is nothing but a list."""
        return type(f"{list_class.__name__}View", (cls,), {"list_class": list_class})

    def get(self, request: SeatRequest) -> HttpResponseBase:
        listing = self.listing()
        if not request.GET and (opened := self._default(listing)):
            return redirect(f"{listing.url}?{OPEN}={opened}")
        if CHOOSE in request.GET and (menu := listing.menu(request.GET[CHOOSE])):
            return self._fetched(listing, menu)
        target = request.htmx.target if request.htmx else ""
        context = {"listing": listing, "page": listing.page} | self.more(listing)
        if target == "list":
            return self.page(self.rows_template, context | {"is_fragment": True})
        if target == "narrowing":
            return self.page("components/list/narrowed.html", context | {"is_fragment": True})
        return self.page(self.template, context | {"crumbs": self.crumbs()})

    def _fetched(self, listing: Drawn, menu: Menu) -> HttpResponseBase:
        template = "components/list/menu.html" if self.request.htmx else "components/list/choose.html"
        return self.page(template, {"listing": listing, "menu": menu, "crumbs": self.crumbs()})

    def listing(self) -> Drawn:
        name = self.list_class.page_name
        exports = [(kind.upper(), reverse(f"{name}-{kind}")) for kind in KINDS]
        return self.drawn_class(self.list_class(self.request.GET, self.request.membership), reverse(name), exports)

    def _default(self, listing: Drawn) -> UUID | None:
        """The view with which this member opens the list, as long as it is there."""
        chosen = default_of(listing.of.name, self.request.membership)
        return chosen if chosen and find(listing.of.views, str(chosen)) else None

    def more(self, listing: Drawn) -> dict[str, Any]:
        """What the page has beside its list."""
        return {}

    def crumbs(self) -> list[tuple[str, str | None]]:
        words = (self.list_class.section, self.list_class.title)
        return [(str(word), None) for word in words if word]


def asked_rows(query: QueryDict) -> list[UUID]:
    """The rows that a live page asks for (`row`, several); no more than a page has, nonsense left out."""
    found = []
    for text in query.getlist("row")[: PAGE_SIZES[-1]]:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


class ListFileView(PortalView):
    """Exactly what is filtered, in the list's order, as a file."""

    list_class: ClassVar[type[ListOf]]
    kind: str = ""

    @classmethod
    def of(cls, list_class: type[ListOf]) -> "type[ListFileView]":
        values = {"list_class": list_class, "permission": list_class.permission}
        return type(f"{list_class.__name__}FileView", (cls,), values)

    def get(self, request: SeatRequest) -> HttpResponseBase:
        listing = self.list_class(request.GET, request.membership)
        if is_long(listing):
            return redirect(asking_url(self.list_class, request.GET, self.kind))
        return list_file(listing, self.kind, request.tenant)


def list_file(listing: ListOf, kind: str, tenant: Portal) -> HttpResponseBase:
    """The list as a file of this kind (`csv`, `xlsx`), read after the request behind the same walls."""
    columns = listing.export_columns()
    return KINDS[kind](
        file_name_of(listing, kind, tenant),
        [column.label for column in columns],
        listing.export_rows(),
        row_values(columns, listing.look([])),
        inside=listing.membership.way_in(),
    )


def list_paths(route: str, list_class: type[ListOf], name: str, view: type[ListView] | None = None) -> list[URLPattern]:
    """The addresses of a list: its page, and below it its files and bulk acts."""
    page = view or ListView.of(list_class)
    file = ListFileView.of(list_class)
    acts = [
        path(f"{route}bulk/{act.name}/", BulkView.of(list_class, act).as_view(), name=f"{name}-bulk-{act.name}")
        for act in list_class.bulk
    ]
    files = [path(f"{route}export.{kind}", file.as_view(kind=kind), name=f"{name}-{kind}") for kind in KINDS]
    return [path(route, page.as_view(), name=name), *files, *acts]
