"""What a request carries on its way, by name and type: the middlewares set it, views and the API read it.

A `PortalRequest` is what every middleware and public page has; a `SeatRequest` is what a page of a member has, because
`PortalView` asked for tenant and seat before. `accounts.requests` says the same with the models. No object is made of
these classes: Django makes the request, the middlewares set what is named here.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from partnerhub.actors import Seat
from partnerhub.web.sessions import SessionStore


class Addressed(Protocol):
    """What says where a portal is: its slug on the shared host, or a host of its own."""

    @property
    def slug(self) -> str: ...
    @property
    def host(self) -> str | None: ...


class Portal(Addressed, Protocol):
    """What the pages and the API ask of a tenant."""

    @property
    def pk(self) -> UUID: ...
    @property
    def language(self) -> str: ...
    @property
    def timezone(self) -> str: ...
    @property
    def brand_hue(self) -> int: ...
    @property
    def brand_chroma(self) -> Decimal: ...
    @property
    def second_factor_roles(self) -> Sequence[str]: ...


class PortalRequest(HttpRequest):
    """Any request: `tenant` and `membership` are None where the address names no tenant, or nobody sits there.

    `api_token` is the id of the token that acts, `is_taken` is False where what was sent is kept for later, and
    `form_mark` is what the forms of this page carry (see `kept`).
    """

    host_name: str
    tenant: Portal | None
    membership: Seat | None
    api_token: UUID | None
    is_taken: bool
    form_mark: str
    LANGUAGE_CODE: str
    htmx: HtmxDetails
    session: SessionStore


class SeatRequest(PortalRequest):
    """The request of a member who was let in."""

    tenant: Portal
    membership: Seat


class ApiRequest(Request):
    """A request of the API once its permission was asked: DRF's, which hands on what Django's own carries."""

    tenant: Portal
    membership: Seat
    _request: PortalRequest


def asked_of(request: HttpRequest | Request) -> PortalRequest:
    """Django's own request, with what the middlewares set on it, where a framework's hook promises less."""
    return request._request if isinstance(request, Request) else request  # type: ignore[return-value]  # the middlewares ran
