"""Which portals a person has a seat in, and the way into each."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerhub.accounts.no_access import ended_page
from partnerhub.accounts.requests import VisitorRequest
from partnerhub.accounts.selectors import Ended, ended_seat, seats_of
from partnerhub.web.views import PublicView


class SeatsView(PublicView):
    """The list of seats, with and without a tenant in the address; as a fragment, the menu of the switcher.

    Public, because whoever signs in at a portal where they have no seat ends here. It shows a person their own only.
    """

    def get(self, request: VisitorRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return HttpResponse(status=401) if request.htmx else redirect_to_login(request.get_full_path())
        if not request.htmx and (ended := self.ended(request)):
            return ended_page(request, ended)
        here = request.membership.tenant_id if request.membership else None
        context = {"seats": seats_of(request.user), "here": here, "crumbs": [(_("Your portals"), None)]}
        return render(request, "accounts/_seats_menu.html" if request.htmx else "accounts/seats.html", context)

    def ended(self, request: VisitorRequest) -> Ended | None:
        """The seat that was taken away, for whoever signs in at a portal and had one there."""
        if request.tenant is None or request.membership or not request.user.is_authenticated:
            return None
        return ended_seat(request.user, request.tenant)


class FrontView(PublicView):
    """The bare address of the installation: straight in where there is one seat, the list where there are more."""

    def get(self, request: VisitorRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect("account_login")
        seats = seats_of(request.user)
        return redirect(seats[0].url if len(seats) == 1 else reverse("accounts:seats"))
