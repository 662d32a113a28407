"""Saved views of lists: yours, and those shared with you."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.api.base import PeopleAPI
from partnerhub.accounts.models import SavedView
from partnerhub.accounts.saved_views import saved_views_for
from partnerhub.accounts.serializers.saved_views import (
    NewViewBody,
    ViewBody,
    ViewListSerializer,
    ViewSerializer,
    view_json,
)
from partnerhub.accounts.services import change_view, delete_view, open_by_default, save_view
from partnerhub.accounts.tables import SavedViewList
from partnerhub.errors import AlreadySent, Stale
from partnerhub.web.lists.api import ListAPI, check_query, serves
from partnerhub.web.lists.declaring import LISTS, ListOf
from partnerhub.web.lists.saved import State
from partnerhub.web.schema import ETAG, IF_MATCH, IF_READ, LOCATION
from partnerhub.web.views import ANY_MEMBER

VIEW_STATE = ("filters", "sort", "columns")


@serves(SavedViewList, ViewSerializer, tag="Lists", page=ViewListSerializer)
class SavedViewViewSet(ListAPI, PeopleAPI):
    permission: ClassVar[str | dict[str, str]] = ANY_MEMBER

    def row_json(self, row: SavedView) -> dict[str, Any]:
        return self.written(row)

    @extend_schema(
        operation_id="views_create",
        summary="Save a view",
        tags=["Lists"],
        parameters=[LOCATION, ETAG],
        request=NewViewBody,
        responses={201: ViewSerializer},
    )
    def create(self, request: Request) -> Response:
        """Keeps filters, order and columns of a list under a name; `GET` of the list takes its id as `saved`."""
        sent = NewViewBody.read(request.data)
        is_default, listing = sent.pop("is_default", False), self.listed(sent["list"], sent)
        named = {name: sent[name] for name in ("name", "is_shared", "id") if name in sent}
        try:
            view = save_view(listing.name, state=listing.state, by=self.membership, **named)
        except AlreadySent as sent_before:
            raise AlreadySent(self.written(sent_before.current), sent_before.difference) from None
        if is_default:
            open_by_default(view.pk, by=self.membership)
        response = self.with_etag(Response(self.written(view), status=201), view.version)
        response["Location"] = reverse("api-view", args=[view.pk])
        return response

    @extend_schema(
        operation_id="views_read",
        summary="Read a saved view",
        tags=["Lists"],
        parameters=[ETAG],
        responses=ViewSerializer,
    )
    def retrieve(self, request: Request, id: Any) -> Response:
        """One view. `left_out` names what it was saved with and the list does not have any more."""
        view = self.find(saved_views_for(self.membership))
        return self.with_etag(Response(self.written(view)), view.version)

    @extend_schema(
        operation_id="views_change",
        summary="Change a saved view",
        tags=["Lists"],
        parameters=[IF_MATCH, ETAG],
        request=ViewBody,
        responses=ViewSerializer,
    )
    def partial_update(self, request: Request, id: Any) -> Response:
        """What is not sent stays. Its owner changes everything; who manages the people may rename a shared one.

        `is_default` is yours alone, whoever keeps the view.
        """
        view, seen = self.find(saved_views_for(self.membership)), self.seen_version()
        sent = ViewBody.read(request.data)
        is_default = sent.pop("is_default", None)
        if sent:
            try:
                view = change_view(view.pk, seen=seen, by=self.membership, **self.changes(view, sent))
            except Stale as stale:
                raise Stale(self.written(stale.current), stale.difference) from None
        if is_default is not None:
            open_by_default(view.pk, by=self.membership, is_default=is_default)
        return self.with_etag(Response(self.written(view)), view.version)

    @extend_schema(
        operation_id="views_delete",
        summary="Delete a saved view",
        tags=["Lists"],
        parameters=[IF_READ],
        responses={204: None},
    )
    def destroy(self, request: Request, id: Any) -> Response:
        """For its owner; of a shared one for who manages the people, too."""
        view = self.find(saved_views_for(self.membership))
        seen = self.version_if_sent()
        try:
            delete_view(view.pk, seen=seen, by=self.membership)
        except Stale as stale:
            raise Stale(self.written(stale.current)) from None
        return Response(status=204)

    def handle_exception(self, exc: Exception) -> Response:
        """What somebody removed meanwhile is not there."""
        return super().handle_exception(Http404() if isinstance(exc, SavedView.DoesNotExist) else exc)

    def changes(self, view: SavedView, sent: dict[str, Any]) -> dict[str, Any]:
        """What the verb takes: filters, order and columns together, as they are after this."""
        named: dict[str, Any] = {name: sent[name] for name in ("name", "is_shared") if name in sent}
        if not any(name in sent for name in VIEW_STATE):
            return named
        kept = {"filters": view.filters, "sort": view.sort, "columns": view.columns}
        return named | {"state": self.listed(view.list_name, kept | sent).state}

    def listed(self, name: str, kept: dict[str, Any]) -> ListOf:
        """The list with these filters, order and columns. Raises ValidationError for what it does not know."""
        if name not in LISTS:
            raise ValidationError({"list": [_("Choose from the list.")]})
        state = State(kept.get("filters", {}), kept.get("sort", ""), kept.get("columns", ()))
        listing = LISTS[name](QueryDict(urlencode(state.parameters, doseq=True)), self.membership)
        unknown = set(state.columns) - {column.key for column in listing.all_columns}
        if unknown:
            raise ValidationError({"columns": [_("Choose from the list.")]})
        check_query(listing, ["columns"] if state.columns else [])
        return listing

    def written(self, view: SavedView) -> dict[str, Any]:
        return view_json(view, self.membership)
