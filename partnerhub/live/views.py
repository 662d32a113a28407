"""The address of the live stream, and where pages find it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from partnerhub.live.moments import since
from partnerhub.live.streams import StreamListener
from partnerhub.tenancy.models import new_id
from partnerhub.web.addresses import is_of_this_host
from partnerhub.web.requests import SeatRequest
from partnerhub.web.views import ANY_MEMBER, PortalView


class Opening(HttpResponse):
    """The stream may be opened. As it is it says *No Content*, at which a browser asks no more: a web process has none.

    The live process sends its stream in its place.
    """

    def __init__(self, listener: StreamListener) -> None:
        super().__init__(status=204)
        self.listener = listener


class LiveView(PortalView):
    """Whether somebody may listen is decided as for any page. `after`: made with the page; `last`: the last event that
    arrived, as a browser says it by itself where it comes back on its own.
    """

    permission = ANY_MEMBER
    is_background = True

    def get(self, request: SeatRequest) -> HttpResponse:
        last = request.headers.get("Last-Event-ID") or request.GET.get("last", "")
        return Opening(
            StreamListener(
                request.tenant.pk,
                request.membership.user_id,
                (str(request.session.session_key), request.membership.pk),
                frozenset(request.membership.roles),
                since(request.GET.get("after", ""), last),
            )
        )


def live_address(request: HttpRequest) -> str:
    """Where this page's browser listens: of the same origin, or on another port of the host where LIVE_URL says so."""
    path = f"{reverse('live:stream')}?after={new_id()}"
    there = settings.LIVE_URL
    return f"{there}{path}" if there and is_of_this_host(there, request) else path
