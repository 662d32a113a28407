"""Stopping a kind of mail from the mail itself, without signing in (RFC 8058, quality 51)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from notifications.selectors import chosen
from notifications.services import choose_purposes
from notifications.services.tokens import BadToken, read_unsubscribe
from notifications.states import PURPOSES, Purpose
from partnerhub.accounts.models import Membership
from partnerhub.accounts.requests import VisitorRequest
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.views import PublicView


class _LinkOver(Exception):
    """No key that is known made this link: the mail is very old, or the link was cut off."""


# Neither a mail program nor somebody on another device has our cookies: the signed address is the right to do this.
@method_decorator(csrf_exempt, name="dispatch")
class UnsubscribeView(PublicView):
    """GET only asks, because mail scanners open every link, or says that it is stopped; POST stops it at once."""

    wants = False
    request: VisitorRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except _LinkOver:
            return TemplateResponse(request, "notifications/link_over.html", status=404)

    def get(self, request: VisitorRequest, token: str) -> HttpResponse:
        tenant, member_id, purpose = self.read(token)
        with tenant_scope(tenant):
            is_stopped = not chosen(member_id).get(purpose.key, True)
        return self.shown(token, purpose, f"notifications/{'unsubscribed' if is_stopped else 'unsubscribe'}.html")

    def post(self, request: VisitorRequest, token: str) -> HttpResponse:
        tenant, member_id, purpose = self.read(token)
        with tenant_scope(tenant):
            member = Membership.objects.select_related("user").filter(pk=member_id).first()
            if member is None:
                raise Http404
            choose_purposes(member, {purpose.key: self.wants}, by=member)
        return self.shown(token, purpose, "notifications/unsubscribed.html")

    def read(self, token: str) -> tuple[Tenant, UUID, Purpose]:
        tenant = self.request.tenant
        if tenant is None:
            raise Http404
        try:
            member_id, key = read_unsubscribe(token)
        except BadToken:
            raise _LinkOver from None
        purpose = PURPOSES.get(key)
        if purpose is None or not purpose.optional:
            raise Http404
        return tenant, member_id, purpose

    def shown(self, token: str, purpose: Purpose, template: str) -> HttpResponse:
        return TemplateResponse(self.request, template, {"token": token, "purpose": purpose, "wants": self.wants})


class SubscribeAgainView(UnsubscribeView):
    """The way back, from the page that says it is stopped."""

    wants = True
    http_method_names = ["post"]
