"""Lists over the API: the page's columns as `sort`, pages by key, links to the neighbours, no count."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from partnerhub.web.addresses import same_address
from partnerhub.web.listing import Address
from partnerhub.web.lists import DEFAULT_SIZE, PAGE_SIZES, Column, Order, Page, cursor_at

LIST_ONLY = ("sort", "size", "cursor")
SIZES = [str(size) for size in PAGE_SIZES]
Errors = dict[str, list[str]]


class NamedSerializer(serializers.Serializer[Any]):
    """Somebody, or an organisation, by id and name."""

    id = serializers.UUIDField()
    name = serializers.CharField()


def sorts_of(columns: Sequence[Column]) -> list[str]:
    """The values that `sort` takes: a column, or with `-` the other way round."""
    return [f"{sign}{column.key}" for column in columns if column.sort for sign in ("", "-")]


def list_parameters(columns: Sequence[Column], default: str) -> list[OpenApiParameter]:
    """`sort`, `size` and `cursor`, described."""
    sort = "A column; with `-` the other way round."
    cursor = "Where a page begins: taken from `next` or `previous`, never made up."
    return [
        OpenApiParameter("sort", str, enum=sorts_of(columns), default=default, description=sort),
        OpenApiParameter("size", int, enum=PAGE_SIZES, default=DEFAULT_SIZE, description="Rows on a page."),
        OpenApiParameter("cursor", str, description=cursor),
    ]


def check_list(
    query: Any,
    rows: QuerySet[Any],
    order: Order,
    columns: Sequence[Column],
    *,
    filters: Iterable[str] = (),
    errors: Errors | None = None,
) -> None:
    """Raise ValidationError for what a page would leave out: unknown parameters and values that make no sense.

    `errors` are those of the list's own filters, whose names are `filters`.
    """
    known = {*filters, *LIST_ONLY}
    wrong = {name: [_("There is no such parameter.")] for name in query if name not in known} | (errors or {})
    if "sort" in query and query["sort"] not in sorts_of(columns):
        wrong["sort"] = [_("Choose from the list.")]
    if "size" in query and query["size"] not in SIZES:
        wrong["size"] = [_("Choose from the list.")]
    if "cursor" in query and cursor_at(rows, order, query["cursor"]) is None:
        wrong["cursor"] = [_("Take it from the link to the next or the previous page.")]
    if wrong:
        raise ValidationError(wrong)


def list_json(request: Request, page: Page, row_json: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """One page: `results`, and `next` and `previous` as links or null."""
    return {
        "results": [row_json(row) for row in page.rows],
        "next": _link(request, page.older),
        "previous": _link(request, page.newer),
    }


def _link(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    return same_address(request._request, Address(request._request.GET).with_(cursor=cursor))
