"""Asking for a role, and deciding on it: one step, from the mail or from the page (B2)."""

from typing import ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.forms import AccessRequestForm, DecisionForm, sentence
from partnerhub.accounts.models import AccessRequest, RequestStatus
from partnerhub.accounts.reasons import nobody_decides
from partnerhub.accounts.requests import MemberRequest
from partnerhub.accounts.rights import rights_of
from partnerhub.accounts.selectors import access_requests_for, administrators_for
from partnerhub.accounts.services import decide_access, request_access
from partnerhub.accounts.services.access import decided_text
from partnerhub.accounts.services.seats import is_oneself
from partnerhub.errors import Refused
from partnerhub.roles import MEMBERS_MANAGE, Role, roles_of
from partnerhub.web.kept import keep_typed, page_of_form
from partnerhub.web.views import ANY_MEMBER


class RequestAccessView(SeatView):
    """Takes the form of the No access page, and goes back to the page that was asked for."""

    permission = ANY_MEMBER
    forms = (AccessRequestForm,)

    def post(self, request: MemberRequest) -> HttpResponse:
        form = AccessRequestForm(request.POST, roles=roles_of(request.membership.side))
        if not form.is_valid():
            return self._back(_("Choose a role, and keep the message below 1,000 characters."))
        try:
            asked = request_access(
                request.membership,
                role=form.cleaned_data["role"],
                page=form.cleaned_data["page"],
                message=form.cleaned_data["message"],
            )
        except Refused as refused:
            return self._back(*map(sentence, refused.reasons))
        messages.success(request, _("Request sent. You get an email when someone decides."))
        return redirect(_below(asked.page) if asked.page else reverse("accounts:access-request", args=[asked.pk]))

    def _back(self, *texts: str) -> HttpResponse:
        """To the page that was closed, which shows the message that was typed: nothing of it is lost."""
        for text in texts:
            messages.error(self.request, text)
        keep_typed(self.request)
        return redirect(page_of_form(self.request))


class AccessRequestView(SeatView):
    """One request: its state for the one who asked, the two buttons for an administrator."""

    permission: ClassVar[str | dict[str, str]] = ANY_MEMBER

    def get(self, request: MemberRequest, id: UUID) -> HttpResponse:
        return self.shown(self.asked(id), DecisionForm())

    def asked(self, id: UUID) -> AccessRequest:
        return get_object_or_404(access_requests_for(self.request.membership), pk=id)

    def shown(self, asked: AccessRequest, form: DecisionForm, *, status: int = 200) -> HttpResponse:
        me, is_open = self.request.membership, asked.status == RequestStatus.OPEN
        decides = is_open and me.can(MEMBERS_MANAGE) and not is_oneself(asked.membership, me)
        context = {
            "asked": asked,
            "form": form,
            "is_open": is_open,
            "decides": decides,
            "decided": "" if is_open else decided_text(asked),
            "page_url": _below(asked.page) if asked.page else "",
            "rights": [right.title for right, _extent in rights_of(Role(asked.role))],
            "administrators": []
            if decides or not is_open
            else administrators_for(asked.partner_id, besides=asked.membership),
            "undecided": sentence(nobody_decides(asked.membership)),
            "crumbs": [
                (_("Settings"), None),
                (_("Users and roles"), reverse("accounts:users")),
                (_("Request for access"), None),
            ],
        }
        return self.page("accounts/access_request.html", context, status=status)


class DecideView(AccessRequestView):
    """Grants or refuses. The first to decide wins; whoever comes second is told what was decided."""

    permission = MEMBERS_MANAGE
    forms = (DecisionForm,)
    http_method_names = ["post"]
    grant: ClassVar[bool]

    def post(self, request: MemberRequest, id: UUID) -> HttpResponse:
        asked, form = self.asked(id), DecisionForm(request.POST)
        if not form.is_valid():
            return self.shown(asked, form, status=422)
        try:
            asked = decide_access(asked, grant=self.grant, by=request.membership, answer=form.cleaned_data["answer"])
        except Refused as refused:
            form.refuse(refused)
            return self.shown(self.asked(id), form, status=409)
        messages.success(request, decided_text(asked))
        return redirect("accounts:access-request", id=asked.pk)


class GrantView(DecideView):
    grant = True


class RefuseView(DecideView):
    grant = False


def _below(page: str) -> str:
    """An address below the tenant as the browser needs it."""
    return get_script_prefix() + page.lstrip("/")
