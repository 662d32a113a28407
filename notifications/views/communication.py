"""*Communication*: where one's mail goes, and which kinds of it (B6, E12)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from notifications.forms import CommunicationForm
from notifications.selectors import PREFERRED, PROPOSED, communication_of
from notifications.services import confirm_address, save_communication
from notifications.services.tokens import BadToken, read_confirmation
from notifications.states import purposes_for
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import Refused
from partnerhub.web.seen import Meanwhile, attempt
from partnerhub.web.views import ANY_MEMBER


class CommunicationView(SeatView):
    permission = ANY_MEMBER
    forms = (CommunicationForm,)

    def get(self, request: MemberRequest) -> HttpResponse:
        return self.shown(self.form(saved=communication_of(request.membership)))

    def post(self, request: MemberRequest) -> HttpResponse:
        form = self.form(request.POST)
        again = attempt(form, lambda: self.save(form))
        if again:
            return self.shown(form, **again)
        return redirect("notifications:communication")

    def save(self, form: CommunicationForm) -> None:
        address = form.cleaned_data[PREFERRED]
        at_once = save_communication(
            self.request.membership,
            form.wanted(),
            address,
            seen=form.cleaned_data["version"],
            language=get_language() or "",
        )
        text = _("Saved.") if at_once else _("Saved. We have sent a link to %(address)s.") % {"address": address}
        messages.success(self.request, text)

    def form(self, *args: Any, **kwargs: Any) -> CommunicationForm:
        return CommunicationForm(*args, purposes=purposes_for(self.request.membership.side), **kwargs)

    def shown(self, form: CommunicationForm, *, status: int = 200, now: Meanwhile | None = None) -> HttpResponse:
        seat = self.request.membership
        context = {
            "form": form,
            "now": now,
            "tables": form.tables(),
            "waiting": seat.preferences.get(PROPOSED, ""),
            "used": seat.preferences.get(PREFERRED) or seat.user.email,
            "crumbs": [(_("Settings"), None), (_("Communication"), None)],
        }
        return self.page("notifications/communication.html", context, status=status)


class ConfirmAddressView(SeatView):
    """The link in the mail to a new preferred address. Opening it changes nothing; the button does."""

    permission = ANY_MEMBER

    def get(self, request: MemberRequest, token: str) -> HttpResponse:
        try:
            return self.shown(self.address(token))
        except BadToken:
            return self.over()

    def post(self, request: MemberRequest, token: str) -> HttpResponse:
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
