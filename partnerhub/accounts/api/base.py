"""What the addresses of people share: finding a record, pages of a list, and parameters that are checked."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import Reason, Refused
from partnerhub.web.addresses import same_address
from partnerhub.web.lists import DEFAULT_SIZE, PAGE_SIZES, Column, Order, cursor_at, rows_page, size_of
from partnerhub.web.lists.api import PAGING, SIZES

NEWEST_FIRST = Order(Column("created", "", sort="created_at"), descending=True)
PEOPLE_BY_NAME = Order(Column("name", "", sort="name_key"), descending=False)
PAGING_PARAMETERS = [
    OpenApiParameter("size", int, enum=PAGE_SIZES, default=DEFAULT_SIZE, description="Rows on a page."),
    OpenApiParameter("cursor", str, description="Where a page begins: taken from `next` or `previous`, never made up."),
]


class PeopleAPI(SeatViewSet):
    """Addresses of people. A foreign id and none are the same 404."""

    def find(self, rows: Any) -> Any:
        """The record that the address names, if it is among the rows that this member may see."""
        found = rows.filter(pk=self.kwargs["id"]).first()
        if found is None:
            raise Http404
        return found

    def choice(self, name: str, words: list[str]) -> str:
        """The value of a parameter that takes one of a few words; empty where it is not sent."""
        value = str(self.request.query_params.get(name, ""))
        if name in self.request.query_params and value not in words:
            raise ValidationError({name: [_("Choose from the list.")]})
        return value

    def page(
        self, rows: Any, order: Order, write: Callable[[Any], dict[str, Any]], *, known: tuple[str, ...]
    ) -> Response:
        """One page of a list. Raises ValidationError for parameters that are unknown or make no sense."""
        query: Any = self.request.query_params
        errors = {name: [_("There is no such parameter.")] for name in query if name not in {*known, *PAGING}}
        if query.get("size", SIZES[0]) not in SIZES:
            errors["size"] = [_("Choose from the list.")]
        if "cursor" in query and cursor_at(rows, order, query["cursor"]) is None:
            errors["cursor"] = [_("Take it from the link to the next or the previous page.")]
        if errors:
            raise ValidationError(errors)
        page = rows_page(rows, order, cursor=query.get("cursor", ""), size=size_of(query.get("size")))
        return Response(
            {
                "results": [write(row) for row in page.rows],
                "next": self._link(page.older),
                "previous": self._link(page.newer),
            }
        )

    def require_person(self) -> None:
        """Raise Refused for a token: some things a person does themselves."""
        if self.membership.token is not None:
            raise Refused(Reason("not_by_token", _("A token can't do this. Sign in to do it.")))

    def _link(self, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        query: Any = self.request.query_params.copy()
        query["cursor"] = cursor
        return same_address(self.request._request, f"?{query.urlencode()}")
