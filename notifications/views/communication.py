"""*Communication*: where one's mail goes, and which kinds of it (B6, E12)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from notifications.forms import CommunicationForm
from notifications.selectors import chosen
from notifications.services import choose_address, choose_purposes, confirm_address
from notifications.services.preferences import PREFERRED, PROPOSED
from notifications.services.tokens import BadToken, read_confirmation
from notifications.states import purposes_for
from partnerhub.errors import Refused
from partnerhub.web.views import ANY_MEMBER, PortalView


class CommunicationView(PortalView):
    permission = ANY_MEMBER
    forms = (CommunicationForm,)

    def get(self, request: Any) -> HttpResponse:
        seat = request.membership
        address = seat.preferences.get(PROPOSED) or seat.preferences.get(PREFERRED, "")
        return self.shown(self.form(chosen=chosen(seat), address=address))

    def post(self, request: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        seat = request.membership
        address = form.cleaned_data[PREFERRED]
        try:
            choose_purposes(seat, form.wanted(), by=seat)
            at_once = choose_address(seat, address, by=seat, language=get_language() or "")
        except Refused as refused:
            form.refuse(refused)
            return self.shown(form, status=409)
        text = _("Saved.") if at_once else _("Saved. We have sent a link to %(address)s.") % {"address": address}
        messages.success(request, text)
        return redirect("notifications:communication")

    def form(self, *args: Any, **kwargs: Any) -> CommunicationForm:
        return CommunicationForm(*args, purposes=purposes_for(self.request.membership.side), **kwargs)

    def shown(self, form: CommunicationForm, *, status: int = 200) -> HttpResponse:
        seat = self.request.membership
        tables = form.groups()
        context = {
            "form": form,
            "about_leads": tables["leads"],
            "about_access": tables["access"],
            "waiting": seat.preferences.get(PROPOSED, ""),
            "used": seat.preferences.get(PREFERRED) or seat.user.email,
            "crumbs": [(_("Settings"), None), (_("Communication"), None)],
        }
        return self.page("notifications/communication.html", context, status=status)


class ConfirmAddressView(PortalView):
    """The link in the mail to a new preferred address. Opening it changes nothing; the button does."""

    permission = ANY_MEMBER

    def get(self, request: Any, token: str) -> HttpResponse:
        try:
            return self.shown(self.address(token))
        except BadToken:
            return self.over()

    def post(self, request: Any, token: str) -> HttpResponse:
        try:
            address = self.address(token)
        except BadToken:
            return self.over()
        try:
            confirm_address(request.membership, address, by=request.membership)
        except Refused as refused:
            return self.shown(address, refused=refused, status=409)
        messages.success(request, _("Your mail goes to %(address)s from now on.") % {"address": address})
        return redirect("notifications:communication")

    def address(self, token: str) -> str:
        """The address that this member wants confirmed; for anybody else there is nothing here. Raises BadToken."""
        member_id, address = read_confirmation(token)
        if member_id != self.request.membership.pk:
            raise Http404
        return address

    def over(self) -> HttpResponse:
        return self.page("notifications/link_over.html", status=404)

    def shown(self, address: str, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
        context = {
            "address": address,
            "reasons": refused.reasons if refused else [],
            "crumbs": [(_("Settings"), None), (_("Communication"), None), (_("Confirm address"), None)],
        }
        return self.page("notifications/confirm_address.html", context, status=status)
