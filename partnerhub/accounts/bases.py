"""The bases of pages and API with the member's models, for every room above: `web` knows them by protocol only."""

from partnerhub.accounts.models import Membership
from partnerhub.accounts.requests import MemberApiRequest, MemberRequest
from partnerhub.web.api import PortalViewSet
from partnerhub.web.views import PortalView


class SeatView(PortalView):
    """A page of the portal whose request carries the member's `Membership` and `Tenant`."""

    request: MemberRequest


class SeatViewSet(PortalViewSet):
    """A resource of the API whose request carries the member's `Membership` and `Tenant`."""

    request: MemberApiRequest

    @property
    def membership(self) -> Membership:
        return self.request.membership
