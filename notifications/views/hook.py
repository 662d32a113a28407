"""Where the mail provider tells what became of a mail: one address for the whole installation, signed, no cookies."""

import json
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.decorators import method_decorator
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt

from notifications.services import Heard, HookTold, hear, is_signed
from notifications.states import Status
from partnerhub.web.requests import PortalRequest
from partnerhub.web.views import PublicView

HEARD = (Status.DELIVERED, Status.BOUNCED, Status.COMPLAINED)
HTTP_STATUSES = {Heard.TOO_EARLY: HTTPStatus.CONFLICT}
LONGEST_TOLD = 64 * 1024


class ToldForm(forms.Form):
    """`{"message_id": …, "event": "delivered" | "bounced" | "complained", "at": ISO 8601, "detail": …}`"""

    message_id = forms.CharField(max_length=320)
    event = forms.ChoiceField(choices=[(status.value, status.value) for status in HEARD])
    at = forms.DateTimeField()
    detail = forms.CharField(max_length=5000, required=False)

    def told(self) -> HookTold:
        sent = self.cleaned_data
        return HookTold(sent["message_id"].strip("<>"), Status(sent["event"]), sent["at"], sent["detail"][:500])


# The provider has no cookie of ours; its signature is the right to do this.
@method_decorator(csrf_exempt, name="dispatch")
class MailHookView(PublicView):
    """404 where no secret is set: then nobody may tell. What it answers with 4xx or 5xx, the provider tells again."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.request.tenant is not None or not settings.MAIL_HOOK_SECRETS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: PortalRequest) -> JsonResponse:
        if len(request.body) > LONGEST_TOLD:
            return _answer("too long", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if not is_signed(request.headers, request.body, settings.MAIL_HOOK_SECRETS, at=now()):
            return _answer("not signed", HTTPStatus.UNAUTHORIZED)
        form = ToldForm(_object_in(request.body))
        if not form.is_valid():
            return JsonResponse({"result": "not understood", "errors": form.errors}, status=HTTPStatus.BAD_REQUEST)
        result = hear(form.told())
        return _answer(result.value, HTTP_STATUSES.get(result, HTTPStatus.OK))


def _answer(result: str, status: HTTPStatus) -> JsonResponse:
    return JsonResponse({"result": result}, status=status)


def _object_in(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
