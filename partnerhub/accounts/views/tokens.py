"""*API tokens*: keys for programs, and the service members for whom they act. A new one is shown once."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.forms import ServiceMemberForm, TokenForm
from partnerhub.accounts.models import ApiToken
from partnerhub.accounts.requests import MemberRequest
from partnerhub.accounts.rights import ticks_of
from partnerhub.accounts.selectors import service_members_for, token_holders_for, tokens_for
from partnerhub.accounts.services import add_service_member, create_token, revoke_token
from partnerhub.accounts.tables import TokenList
from partnerhub.errors import AlreadySent, Refused
from partnerhub.roles import ADMINISTRATORS, MEMBERS_MANAGE, TOKENS_MANAGE, Role, roles_of
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.pages import ListView

MEMBERS_SHOWN = 20
"""So many service members stand under the tokens; all of them in the list of members."""


class TokensView(SeatView, ListView):
    """The list of tokens, and under it the first of the service members for whom they can act."""

    list_class = TokenList
    template = "accounts/tokens.html"

    def more(self, listing: Drawn) -> dict[str, Any]:
        members = list(service_members_for(self.request.membership)[: MEMBERS_SHOWN + 1])
        return {"service_members": members[:MEMBERS_SHOWN], "more_members": len(members) > MEMBERS_SHOWN}


class NewTokenView(SeatView):
    """Makes a token, for somebody who has just proved who they are (quality 22)."""

    permission = TOKENS_MANAGE
    forms = (TokenForm,)

    def get(self, request: MemberRequest) -> HttpResponse:
        raise_if_reauthentication_required(request, app="allauth.account")
        me = request.membership
        return self.shown(TokenForm(holders=token_holders_for(me), maker=me, initial={"membership": me.pk}))

    def post(self, request: MemberRequest) -> HttpResponse:
        raise_if_reauthentication_required(request, app="allauth.account")
        form = TokenForm(request.POST, holders=token_holders_for(request.membership), maker=request.membership)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            token, secret = create_token(**form.verb_arguments(), by=request.membership)
        except AlreadySent as sent:
            form.go_on_as_new(sent)
            return self.shown(form, status=409)
        except Refused as refused:
            form.refuse(refused)
            return self.shown(form, status=409)
        crumbs = [*_crumbs(), (token.name, None)]
        return self.page("accounts/token_created.html", {"token": token, "secret": secret, "crumbs": crumbs})

    def shown(self, form: TokenForm, *, status: int = 200) -> HttpResponse:
        crumbs = [*_crumbs(), (_("New token"), None)]
        return self.page("accounts/token_new.html", {"form": form, "crumbs": crumbs}, status=status)


class NewServiceMemberView(SeatView):
    """A seat for a program, for which tokens act."""

    permission = MEMBERS_MANAGE
    forms = (ServiceMemberForm,)

    def get(self, request: MemberRequest) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: MemberRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            member = add_service_member(**form.cleaned_data, by=request.membership)
        except AlreadySent as sent:
            form.go_on_as_new(sent)
            return self.shown(form, status=409)
        except Refused as refused:
            form.refuse(refused)
            return self.shown(form, status=409)
        text = _("%(name)s is a service member now. Make a token for it, and give that to the program.")
        messages.success(request, text % {"name": member.name})
        return redirect("accounts:tokens")

    def form(self, *args: Any) -> ServiceMemberForm:
        return ServiceMemberForm(*args, offered=self.offered())

    def offered(self) -> list[Role]:
        """The roles of the own side that a program may hold."""
        side = self.request.membership.side
        return [role for role in roles_of(side) if role != ADMINISTRATORS[side]]

    def shown(self, form: ServiceMemberForm, *, status: int = 200) -> HttpResponse:
        ticks = ticks_of(self.offered(), form["roles"].value() or [])
        context = {"form": form, "ticks": ticks, "crumbs": [*_crumbs(), (_("New service member"), None)]}
        return self.page("accounts/service_member_new.html", context, status=status)


class RevokeTokenView(SeatView, AskView):
    """Asks, then ends a token for good."""

    permission = TOKENS_MANAGE

    def get(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        token = self.token(id)
        ask = Ask(
            title=_("Revoke %(name)s?") % {"name": token.name},
            record=f"{token.prefix}… · {token.state.label}",
            text=_("Programs that use it get no answer from then on. It cannot be brought back."),
            confirm=_("Revoke token"),
            keep=_("Keep token"),
            back=reverse("accounts:tokens"),
            danger=True,
        )
        return self.asks(ask, crumbs=[*_crumbs(), (token.name, None)])

    def post(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        token = self.token(id)
        revoke_token(token, by=request.membership)
        messages.success(request, _("The token %(name)s no longer works.") % {"name": token.name})
        return self.done(reverse("accounts:tokens"))

    def token(self, id: UUID) -> ApiToken:
        return get_object_or_404(tokens_for(self.request.membership), pk=id)


def _crumbs() -> list[tuple[str, str | None]]:
    return [(_("Settings"), None), (_("API tokens"), reverse("accounts:tokens"))]
