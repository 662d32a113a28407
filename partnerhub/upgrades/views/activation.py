"""Who upgrades a store: people, or a system of the portal's own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from notifications.models import Endpoint
from notifications.selectors.webhooks import deliveries_to, may_send
from notifications.services import renew_secret, try_endpoint
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import Refused
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.upgrades.forms import ActivationForm
from partnerhub.upgrades.selectors import activation_endpoint
from partnerhub.upgrades.services import (
    leave_to_people,
    point_activation,
)


class ActivationView(SeatView):
    """Who upgrades stores: people, or the tenant's own system, whose secret is shown once."""

    permission = PROGRAMS_MANAGE
    forms = (ActivationForm,)

    def get(self, request: MemberRequest) -> HttpResponseBase:
        endpoint = activation_endpoint()
        return self.shown(ActivationForm(initial={"url": endpoint.url if endpoint else ""}))

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = ActivationForm(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            endpoint, secret = point_activation(form.cleaned_data["url"], by=request.membership)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error("url" if reason.field else None, str(reason.text))
            return self.shown(form, status=409)
        if secret:
            return self.told(endpoint, secret)
        messages.success(request, _("Agreements go to %(url)s from now on.") % {"url": endpoint.url})
        return redirect("upgrades:activation")

    def shown(self, form: ActivationForm, status: int = 200) -> HttpResponse:
        endpoint = activation_endpoint()
        context: dict[str, Any] = {
            "form": form,
            "endpoint": endpoint,
            "crumbs": [(_("Programme"), None), (_("Upgrade activation"), None)],
        }
        if endpoint is not None:
            context |= {"is_sending": may_send(endpoint), "deliveries": deliveries_to(endpoint).order_by("-id")[:5]}
        return self.page("upgrades/activation.html", context, status=status)

    def told(self, endpoint: Endpoint, secret: str) -> HttpResponse:
        here = (_("Upgrade activation"), reverse("upgrades:activation"))
        context = {"endpoint": endpoint, "secret": secret, "crumbs": [here, (_("Secret"), None)]}
        return self.page("upgrades/activation_secret.html", context)

    def by_people(self) -> HttpResponseBase:
        """What is said where no system upgrades stores (any more)."""
        messages.warning(self.request, _("People upgrade your stores: there is no system to ask."))
        return redirect("upgrades:activation")


class ActivationSecretView(ActivationView):
    """Gives the system a new secret; the former one signs beside it for a day."""

    http_method_names = ("post",)

    def post(self, request: MemberRequest) -> HttpResponseBase:
        endpoint = activation_endpoint()
        return self.told(*renew_secret(endpoint, by=request.membership)) if endpoint else self.by_people()


class ActivationTestView(ActivationView):
    """Sends the system an event that means nothing."""

    http_method_names = ("post",)

    def post(self, request: MemberRequest) -> HttpResponseBase:
        endpoint = activation_endpoint()
        if endpoint is None:
            return self.by_people()
        try:
            try_endpoint(endpoint, by=request.membership)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("A test event is on its way. What came back stands here in a moment."))
        return redirect("upgrades:activation")


class ActivationPeopleView(ActivationView):
    """Has stores upgraded by people again."""

    http_method_names = ("post",)

    def post(self, request: MemberRequest) -> HttpResponseBase:
        leave_to_people(by=request.membership)
        messages.success(request, _("Channel managers mark upgrades from now on."))
        return redirect("upgrades:activation")
