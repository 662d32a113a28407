"""The list and the export of a resource over the API, with their parameters, checks and description."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.http import HttpResponseBase, QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.errors import Reason, Refused
from partnerhub.web.addresses import same_address
from partnerhub.web.api import PortalViewSet
from partnerhub.web.lists.columns import Column
from partnerhub.web.lists.declaring import ListOf
from partnerhub.web.lists.filing import is_long
from partnerhub.web.lists.filters import SearchFilter
from partnerhub.web.lists.links import Address
from partnerhub.web.lists.pages import FILE_TYPES, KINDS, list_file
from partnerhub.web.lists.paging import DEFAULT_SIZE, PAGE_SIZES, Page, cursor_at
from partnerhub.web.lists.saved import OPEN
from partnerhub.web.requests import asked_of

PAGING = ("size", "cursor")
SINCE = "updated_since"
SIZES = [str(size) for size in PAGE_SIZES]
JsonShape = type[serializers.Serializer[Any]]
ViewT = TypeVar("ViewT", bound="ListAPI")


class ListAPI(PortalViewSet):
    """A resource with a list. `row_json` says how a row is written."""

    list_class: ClassVar[type[ListOf]]

    def row_json(self, row: Any) -> dict[str, Any]:
        raise NotImplementedError

    def rows_json(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        return [self.row_json(row) for row in rows]

    def read_page(self, listing: ListOf) -> Page:
        return listing.page()

    def asked(self, *more: str) -> ListOf:
        """The list that the address asks for. `more`: the parameters that it takes besides the filters and `sort`.

        Raises ValidationError for what a page would leave out: unknown parameters, and values that make no sense.
        """
        query: Any = self.request._request.GET
        listing = self.listing(query, since_of(query) if SINCE in more else None)
        check_query(listing, more)
        return listing

    def listing(self, query: QueryDict, since: datetime | None) -> ListOf:
        """The list by these parameters; a list below a record knows it from the address."""
        return self.list_class(query, self.membership, since=since)

    def list(self, request: Request, **_keys: UUID) -> Response:
        page = self.read_page(self.asked(*PAGING, *since_parameter(self.list_class)))
        return Response(
            {
                "results": self.rows_json(page.rows),
                "next": _link(request, page.older),
                "previous": _link(request, page.newer),
            }
        )

    def export(self, request: Request, **_keys: UUID) -> HttpResponseBase:
        listing = self.asked("format")
        kind = listing.asked.get("format", "csv")
        if kind not in KINDS:
            raise ValidationError({"format": [_("Choose from the list.")]})
        if is_long(listing):
            text = _("This list is too long to be written at once. Ask for the file by %(request)s.")
            raise Refused(Reason("too-long", text % {"request": "POST exports/"}))
        return list_file(listing, kind, request._request.tenant)  # type: ignore[attr-defined]  # named by the middleware


def check_query(listing: ListOf, more: Sequence[str]) -> None:
    """Raise ValidationError with every parameter that the list does not take, or not with this value.

    Where a view is opened, it says all but the page: what of it is not there any more is left out and no error.
    """
    query, filters = listing.asked, listing.filters
    known = {OPEN, *more} if listing.is_view_open else {*filters.filters, "sort", *more}
    unknown = _("Leave this out: the view says it.") if listing.is_view_open else _("There is no such parameter.")
    wrong: dict[str, Any] = {name: [unknown] for name in query if name not in known}
    if listing.is_asked and not listing.is_view_open:
        wrong |= {name: [str(text) for text in texts] for name, texts in filters.errors.items()}
    for name in query.keys() & filters.filters.keys():
        if not isinstance(filters.filters[name], SearchFilter) and "" in query.getlist(name):
            wrong[name] = [_("Leave this out, or give it a value.")]  # a caller's empty variable would show everything
    if "sort" in query and query["sort"] not in sorts_of(listing.all_columns):
        wrong["sort"] = [_("Choose from the list.")]
    if "size" in more and query.get("size", SIZES[0]) not in SIZES:
        wrong["size"] = [_("Choose from the list.")]
    if "cursor" in more and "cursor" in query and cursor_at(listing.rows(), listing.walk, str(query["cursor"])) is None:
        wrong["cursor"] = [_("Take it from the link to the next or the previous page.")]
    if listing.since:
        wrong |= _against_since(listing)
    if listing.is_view_open and listing.view is None:
        wrong[OPEN] = [_("There is no such view.")]
    if wrong:
        raise ValidationError(wrong)


def since_of(query: QueryDict) -> datetime | None:
    """The moment from which on changes are asked for; None where none is. Raises ValidationError for what is none."""
    if SINCE not in query:
        return None
    try:
        moment = parse_datetime(str(query[SINCE]))
        if moment and moment.tzinfo:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    text = _("Write a moment with its zone, like %(example)s.") % {"example": "2026-11-02T09:14:00Z"}
    raise ValidationError({SINCE: [text]})


def _against_since(listing: ListOf) -> dict[str, Any]:
    """One index answers, however long the list is: in the order of changes, and with no words looked for."""
    wrong: dict[str, Any] = {}
    if listing.order.column.key != listing.changed:
        text = _("With %(parameter)s the list stands in the order of changes: sort by %(column)s.")
        wrong["sort"] = [text % {"parameter": SINCE, "column": listing.changed}]
    if listing.text:
        wrong[listing.search_box[0]] = [_("Leave this out where you ask for changes.")]
    return wrong


def sorts_of(columns: Sequence[Column]) -> list[str]:
    """The values that `sort` takes: a column, or with `-` the other way round."""
    return [f"{sign}{column.key}" for column in columns if column.sort for sign in ("", "-")]


def _link(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    return same_address(asked_of(request), Address(request._request.GET).same_with(cursor=cursor))


# The description


def serves(
    list_class: type[ListOf], row: JsonShape, *, tag: str, name: str = "", page: JsonShape | None = None
) -> Callable[[type[ViewT]], type[ViewT]]:
    """Describe list and export of a viewset. `name`: of the operations, where it is not the list's.

    `page`: the shape of a page, where it is described already.
    """

    def describe(view: type[ViewT]) -> type[ViewT]:
        view.list_class = list_class
        many, called = list_class.name.replace("_", " "), name or list_class.name
        view.list = extend_schema(  # type: ignore[method-assign]  # of this viewset alone
            operation_id=f"{called}_list",
            summary=f"List {many}",
            tags=[tag],
            parameters=[*parameters_of(list_class), *since_parameter(list_class).values(), *paging_parameters()],
            responses=page or page_serializer(many, row),
        )(_own(view, "list", list_class.__doc__))
        view.export = extend_schema(  # type: ignore[method-assign]  # of this viewset alone
            operation_id=f"{called}_export",
            summary=f"Export {many}",
            tags=[tag],
            parameters=[*parameters_of(list_class), format_parameter()],
            responses={(200, kind): OpenApiTypes.BINARY for kind in FILE_TYPES},
        )(_own(view, "export", f"All {many} that the list shows over its pages, in its order, as CSV or XLSX."))
        return view

    return describe


def _own(view: type[Any], action: str, description: str | None) -> Any:
    """The action as a function of this viewset alone: what is said about it holds for no other."""
    inherited = getattr(view, action)

    def act(self: Any, request: Request, **keys: UUID) -> Any:
        return inherited(self, request, **keys)

    act.__name__, act.__doc__ = action, description
    return act


def page_serializer(name: str, row: JsonShape) -> JsonShape:
    """A page of rows, for the description."""
    fields = {
        "results": row(many=True),
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "__doc__": f"A page of {name}. The pages before and after are links; there is no count."
        " Where a search or filter is wide, each page looks through a part of the list: it may have fewer rows than"
        " asked for, or none, and a next one all the same. There are no more once `next` is null.",
    }
    return type(
        row.__name__.replace("Row", "").replace("Serializer", "ListSerializer"), (serializers.Serializer,), fields
    )


def parameters_of(list_class: type[ListOf]) -> list[OpenApiParameter]:
    """The filters and `sort`, described."""
    sides = {column.side for column in list_class.columns if column.sort} - {""}
    only = (
        f" What only the {'vendor' if 'vendor' in sides else 'partner'}'s side sees sorts for that side."
        if sides
        else ""
    )
    sort = OpenApiParameter(
        "sort",
        str,
        enum=sorts_of(list_class.columns),
        default=list_class.default_order,
        description=f"A column; with `-` the other way round.{only}",
    )
    view = OpenApiParameter(
        OPEN,
        OpenApiTypes.UUID,
        description="A saved view (`GET /views/`): its filters and its order, in the place of parameters.",
    )
    return [*(_parameter(name, one) for name, one in list_class.filter_class.base_filters.items()), sort, view]


def _parameter(name: str, one: Any) -> OpenApiParameter:
    return OpenApiParameter(name, one.schema, description=str(one.extra.get("help_text", "")))


def since_parameter(list_class: type[ListOf]) -> dict[str, OpenApiParameter]:
    """The parameter for changes, by its name, described; none for a list that does not know when a row changed."""
    if all(one.key != list_class.changed or not one.sort for one in list_class.columns):
        return {}
    words = (
        "Only what has changed at this moment or later, in the order of changes unless `sort` turns it round; not"
        " together with search words. Begin again a minute before the newest change you have: what was written at the"
        " same time by somebody else may become visible later."
    )
    return {SINCE: OpenApiParameter(SINCE, OpenApiTypes.DATETIME, description=words)}


def paging_parameters() -> list[OpenApiParameter]:
    cursor = "Where a page begins: taken from `next` or `previous`, never made up."
    return [
        OpenApiParameter("size", int, enum=PAGE_SIZES, default=DEFAULT_SIZE, description="Rows on a page."),
        OpenApiParameter("cursor", str, description=cursor),
    ]


def format_parameter() -> OpenApiParameter:
    return OpenApiParameter("format", str, enum=[*KINDS], default="csv", description="The kind of file.")
