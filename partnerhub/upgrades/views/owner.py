"""What the owner of a store sees behind the link of an invitation, without an account."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from partnerhub.accounts.requests import VisitorRequest, visitor_of
from partnerhub.errors import Refused
from partnerhub.tenancy.scope import current_tenant, tenant_scope
from partnerhub.upgrades.forms import AgreeForm
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.selectors import invitation_of
from partnerhub.upgrades.services import (
    agree,
    decline,
    open_invitation,
)
from partnerhub.upgrades.states import Status
from partnerhub.web.throttles import ASK_LATER, asks_too_often
from partnerhub.web.views import PublicView

OWNER_POSTS_A_MINUTE = 20
ANSWERED_PAGES: dict[str, str] = {Status.AGREED: "agreed", Status.ACTIVE: "active", Status.DECLINED: "declined"}


def why_over(invitation: UpgradeInvitation) -> str:
    """The page of a link that no longer works: `expired`, also before the clock has come by, or `withdrawn`."""
    return "withdrawn" if invitation.status == Status.WITHDRAWN else "expired"


# The owner has no account here, and often another device than the mail: the signed address is the right to answer.
@method_decorator(csrf_exempt, name="dispatch")
class OwnerView(PublicView):
    """What the owner of a store sees behind the link, without scripts. GET changes nothing, because scanners of mail
    open every link; *Read the terms* opens it, and one decision ends it."""

    request: VisitorRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tenant = visitor_of(request).tenant
        if tenant is None:
            raise Http404
        with tenant_scope(tenant):
            self.invitation = invitation_of(kwargs["token"])
            if self.invitation is None:
                return self.drawn("over", status=404)
            with override(self.invitation.language):
                response = super().dispatch(request, *args, **kwargs)
                if isinstance(response, TemplateResponse):
                    response.render()
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    @property
    def found(self) -> UpgradeInvitation:
        """The invitation of the link. Raises Http404 where there is none."""
        if self.invitation is None:
            raise Http404
        return self.invitation

    def get(self, request: VisitorRequest, token: str) -> HttpResponseBase:
        return self.shown()

    def post(self, request: VisitorRequest, token: str) -> HttpResponseBase:
        form = AgreeForm(request.POST) if request.POST.get("act") == "agree" else None
        if asks_too_often(request, "upgrades", OWNER_POSTS_A_MINUTE):
            return self.later(form)
        if form is not None and not form.is_valid():
            return self.shown(form, status=422)
        try:
            self.act(request.POST.get("act", ""), form)
        except Refused:
            return self.shown(status=409)
        return redirect(request.path)

    def later(self, form: AgreeForm | None) -> HttpResponseBase:
        """Too much came from this network; what was typed stays in the form."""
        if form is None or self.found.status != Status.OPENED:
            return self.drawn("later", status=429)
        why = _("Too many answers came from your network. Try again in a minute: what you typed is still here.")
        return self.drawn("opened", status=429, form=form, terms=self.terms(), why=why)

    def act(self, name: str, form: AgreeForm | None) -> None:
        invitation = self.found
        match name:
            case "read":
                open_invitation(invitation)
            case "decline":
                decline(invitation)
            case "agree" if form is not None:
                address = self.request.META.get("REMOTE_ADDR") or None
                agree(invitation, name=form.cleaned_data["name"], address=address, text=self.terms())

    def terms(self) -> str:
        invitation = self.found
        return invitation.terms.text(invitation.language, current_tenant().language)

    def shown(self, form: AgreeForm | None = None, status: int = 200) -> HttpResponseBase:
        invitation = invitation_of(self.kwargs["token"]) or self.found
        if not invitation.is_answerable:
            known = ANSWERED_PAGES.get(invitation.status)
            return self.drawn(known, status=status) if known else self.drawn(why_over(invitation), status=410)
        if invitation.status == Status.SENT:
            return self.drawn("sent", status=status)
        return self.drawn("opened", status=status, form=form or AgreeForm(), terms=self.terms())

    def drawn(self, page: str, *, status: int, **more: object) -> HttpResponseBase:
        found, own = self.invitation, current_tenant().language
        terms_in = found.terms.written_in(found.language, own) if found else own
        context = {"page": page, "invitation": found, "terms_in": terms_in, **more}
        headers = ASK_LATER if status == 429 else None
        return TemplateResponse(self.request, "upgrades/owner.html", context, status=status, headers=headers)
