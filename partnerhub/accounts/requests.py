"""A request with its person, seat and tenant, as the models have them; see `web.requests`."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from partnerhub.accounts.models import Membership, User
from partnerhub.tenancy.models import Tenant
from partnerhub.web.requests import ApiRequest, PortalRequest, SeatRequest


class VisitorRequest(PortalRequest):
    """Any request, of a member or not."""

    tenant: Tenant | None
    membership: Membership | None
    user: User | AnonymousUser


def visitor_of(request: HttpRequest) -> VisitorRequest:
    """The request with what the middlewares set on it, where a framework's hook promises less."""
    return request  # type: ignore[return-value]  # the middlewares ran


class MemberRequest(SeatRequest):
    """The request of a member who was let in."""

    tenant: Tenant
    membership: Membership
    user: User


class MemberApiRequest(ApiRequest):
    """The same over the API."""

    tenant: Tenant
    membership: Membership
    user: User
