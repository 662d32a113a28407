"""*API tokens*: the keys with which programs act for a member. A new one is shown once."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.forms import TokenForm
from partnerhub.accounts.models import ApiToken
from partnerhub.accounts.rights import scope_labels
from partnerhub.accounts.selectors import token_holders_for, tokens_for
from partnerhub.accounts.services import create_token, revoke_token
from partnerhub.errors import Refused
from partnerhub.roles import TOKENS_MANAGE
from partnerhub.web.views import PortalView

SHOWN = 100


class TokensView(PortalView):
    permission = TOKENS_MANAGE

    def get(self, request: Any) -> HttpResponse:
        rows = [{"token": token, "state": _state(token), "scopes": _words(token)} for token in self.tokens()]
        crumbs = [(_("Settings"), None), (_("API tokens"), None)]
        return self.page("accounts/tokens.html", {"rows": rows, "section": _("Settings"), "crumbs": crumbs})

    def tokens(self) -> list[ApiToken]:
        return list(tokens_for(self.request.membership)[:SHOWN])


class NewTokenView(PortalView):
    """Makes a token, for somebody who has just proved who they are (quality 22)."""

    permission = TOKENS_MANAGE
    forms = (TokenForm,)

    def get(self, request: Any) -> HttpResponse:
        raise_if_reauthentication_required(request, app="allauth.account")
        me = request.membership
        return self.shown(TokenForm(holders=token_holders_for(me), initial={"membership": me.pk}))

    def post(self, request: Any) -> HttpResponse:
        raise_if_reauthentication_required(request, app="allauth.account")
        form = TokenForm(request.POST, holders=token_holders_for(request.membership))
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            token, secret = create_token(**form.verb_arguments(), by=request.membership)
        except Refused as refused:
            form.refuse(refused)
            return self.shown(form, status=409)
        crumbs = [*_crumbs(), (token.name, None)]
        return self.page("accounts/token_created.html", {"token": token, "secret": secret, "crumbs": crumbs})

    def shown(self, form: TokenForm, *, status: int = 200) -> HttpResponse:
        crumbs = [*_crumbs(), (_("New token"), None)]
        return self.page("accounts/token_new.html", {"form": form, "crumbs": crumbs}, status=status)


class RevokeTokenView(PortalView):
    permission = TOKENS_MANAGE

    def post(self, request: Any, id: UUID) -> HttpResponse:
        token = get_object_or_404(tokens_for(request.membership), pk=id)
        revoke_token(token, by=request.membership)
        messages.success(request, _("The token %(name)s no longer works.") % {"name": token.name})
        return redirect("accounts:tokens")


def _crumbs() -> list[tuple[str, str | None]]:
    return [(_("Settings"), None), (_("API tokens"), reverse("accounts:tokens"))]


def _state(token: ApiToken) -> dict[str, str]:
    if token.revoked_at:
        return {"tone": "mute", "icon": "xc", "label": _("Revoked")}
    if token.expires_at <= now():
        return {"tone": "mute", "icon": "clock", "label": _("Expired")}
    return {"tone": "good", "icon": "checkc", "label": _("Works")}


def _words(token: ApiToken) -> list[str]:
    return [words for _scope, words in scope_labels(token.scopes)]
