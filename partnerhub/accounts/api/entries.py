"""Locations and solutions of a partner, tiers and rates over the API."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.accounts.serializers import entries as shapes
from partnerhub.accounts.serializers.entries import partner_entry_json, rate_json
from partnerhub.errors import Stale
from partnerhub.partners import kept
from partnerhub.partners.models import Entry, Location, OfPartner, Partner, Rate, Solution, Tier
from partnerhub.partners.rates import set_rate
from partnerhub.partners.selectors import partner_seen
from partnerhub.partners.tables import RateList
from partnerhub.roles import PARTNERS_MANAGE, PARTNERS_VIEW, PROFILE_MANAGE, PROFILE_VIEW, PROGRAMS_MANAGE
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.schema import ETAG, IF_MATCH

EntryVerb = Callable[..., Entry]


class EntryViewSet(SeatViewSet):
    """A small record: all of it in one list, a new one, and changes of one. A foreign id and none are the same 404."""

    model: ClassVar[type[Entry]]
    body: ClassVar[type[shapes.EntryBody]]
    add: ClassVar[EntryVerb]
    change: ClassVar[EntryVerb]

    def rows(self) -> Any:
        raise NotImplementedError

    def belongs_to(self) -> list[UUID | None]:
        """What a new one is made below, for its verb."""
        return []

    def list(self, request: Request, **_keys: UUID) -> Response:
        """All of them, retired ones last."""
        return Response({"results": [partner_entry_json(row) for row in self.rows()]})

    def create(self, request: Request, **_keys: UUID) -> Response:
        """A new one."""
        self.rows()
        sent = self.body.read(request.data)
        return self.answer(type(self).add(*self.belongs_to(), sent, by=self.membership), 201)

    def partial_update(self, request: Request, id: UUID, **_keys: UUID) -> Response:
        """What is not sent stays; retire one by `is_retired`."""
        if not self.rows().filter(pk=id).exists():
            raise Http404
        seen, sent = self.seen_version(), self.body.read(request.data)
        try:
            return self.answer(type(self).change(id, sent, by=self.membership, seen=seen))
        except Stale as stale:
            raise Stale(partner_entry_json(stale.current), stale.difference) from None

    def answer(self, row: Entry, status: int = 200) -> Response:
        return self.with_etag(Response(partner_entry_json(row), status=status), row.version)


class OfPartnerViewSet(EntryViewSet):
    permission: ClassVar[str | dict[str, str]] = {
        "list": PARTNERS_VIEW,
        "create": PARTNERS_MANAGE,
        "partial_update": PARTNERS_MANAGE,
    }
    model: ClassVar[type[OfPartner]]

    def rows(self) -> Any:
        if "id" in self.kwargs:
            return kept.entries_seen(self.model, self.membership)
        try:
            partner = partner_seen(self.membership, self.kwargs["partner_id"])
        except Partner.DoesNotExist:
            raise Http404 from None
        return kept.partner_entries(self.model, partner, self.membership)

    def belongs_to(self) -> list[UUID | None]:
        return [self.kwargs["partner_id"]]


class OwnViewSet(EntryViewSet):
    """Those of the member's own partner."""

    permission: ClassVar[str | dict[str, str]] = {
        "list": PROFILE_VIEW,
        "create": PROFILE_MANAGE,
        "partial_update": PROFILE_MANAGE,
    }
    model: ClassVar[type[OfPartner]]

    def rows(self) -> Any:
        try:
            return kept.partner_entries(self.model, kept.kept_partner(self.membership), self.membership)
        except Partner.DoesNotExist:
            raise Http404 from None

    def belongs_to(self) -> list[UUID | None]:
        return [self.membership.partner_id]


_pages: dict[str, type[Any]] = {}


def _page_of(name: str, one: str, shape: type[Any]) -> type[Any]:
    """The answer of a list, one for all viewsets of a kind."""
    fields = {"__doc__": f"All {name}.", "results": shape(many=True)}
    return _pages.setdefault(name, type(f"{one.title()}ListSerializer", (serializers.Serializer,), fields))


def described_entries(
    name: str, one: str, tag: str, shape: type[Any], *, whose: str = ""
) -> Callable[[type[Any]], type[Any]]:
    """How the schema tells of a viewset of small records; `whose` are those of one's own."""

    def describe(view: type[Any]) -> type[Any]:
        key, of = f"{whose}_{name}" if whose else name, f" of your {whose}" if whose else ""
        page = _page_of(name, one, shape)
        told: dict[str, Any] = {
            "list": {"operation_id": f"{key}_list", "summary": f"List {name}{of}", "responses": page},
            "create": {"operation_id": f"{key}_create", "summary": f"Add a {one}{of}", "responses": {201: shape}},
            "partial_update": {"operation_id": f"{key}_change", "summary": f"Change a {one}{of}", "responses": shape},
        }
        for action, words in told.items():
            if action != "list":
                words |= {"request": view.body, "parameters": [ETAG] if action == "create" else [IF_MATCH, ETAG]}
            setattr(view, action, extend_schema(tags=[tag], **words)(_own(view, action)))
        return view

    return describe


def _own(view: type[Any], action: str) -> Any:
    """The action as a function of this viewset alone: what is said about it holds for no other."""
    inherited = getattr(view, action)

    def act(self: Any, request: Request, **keys: Any) -> Any:
        return inherited(self, request, **keys)

    act.__name__, act.__doc__ = action, inherited.__doc__
    return act


@described_entries("locations", "location", "Partners", shapes.LocationSerializer)
class LocationViewSet(OfPartnerViewSet):
    model, body = Location, shapes.LocationBody
    add, change = staticmethod(kept.add_location), staticmethod(kept.change_location)


@described_entries("solutions", "solution", "Partners", shapes.SolutionSerializer)
class SolutionViewSet(OfPartnerViewSet):
    model, body = Solution, shapes.SolutionBody
    add, change = staticmethod(kept.add_solution), staticmethod(kept.change_solution)


@described_entries("locations", "location", "Partners", shapes.LocationSerializer, whose="profile")
class OwnLocationViewSet(OwnViewSet):
    model, body = Location, shapes.LocationBody
    add, change = staticmethod(kept.add_location), staticmethod(kept.change_location)


@described_entries("solutions", "solution", "Partners", shapes.SolutionSerializer, whose="profile")
class OwnSolutionViewSet(OwnViewSet):
    model, body = Solution, shapes.SolutionBody
    add, change = staticmethod(kept.add_solution), staticmethod(kept.change_solution)


@described_entries("tiers", "tier", "Programme", shapes.TierSerializer)
class TierViewSet(EntryViewSet):
    permission = PROGRAMS_MANAGE
    model, body = Tier, shapes.TierBody
    add, change = staticmethod(kept.add_tier), staticmethod(kept.change_tier)

    def rows(self) -> Any:
        return kept.tiers()


@serves(RateList, shapes.RateSerializer, tag="Programme")
class RateViewSet(ListAPI):
    permission = PROGRAMS_MANAGE

    def row_json(self, row: Rate) -> dict[str, Any]:
        return rate_json(row)

    @extend_schema(
        operation_id="rates_enter",
        summary="Enter a rate",
        tags=["Programme"],
        request=shapes.RateBody,
        responses={201: shapes.RateSerializer, 200: shapes.RateSerializer},
    )
    def create(self, request: Request) -> Response:
        """Enter the rate of a day (201), or correct it (200): there is one for each pair and day."""
        rate, is_new = set_rate(**shapes.RateBody.read(request.data), by=self.membership)
        return Response(rate_json(rate), status=201 if is_new else 200)
