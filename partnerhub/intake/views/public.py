"""What people see without an account: a form, the confirmation by mail, the objection. No page needs a script."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.timezone import now
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from partnerhub.accounts.requests import VisitorRequest, visitor_of
from partnerhub.errors import Refused
from partnerhub.intake.forms import IntakeForm
from partnerhub.intake.models import Intake, IntakeLink
from partnerhub.intake.selectors import (
    form_key_in,
    intake_to_confirm,
    intake_to_object,
    link_behind,
    new_form_key,
    sender_for,
)
from partnerhub.intake.services import challenge_for, confirm, is_proof, object_to, receive
from partnerhub.tenancy.scope import current_tenant, tenant_scope
from partnerhub.web.throttles import ASK_LATER, asks_too_often
from partnerhub.web.views import PublicView

INTAKE_POSTS_A_MINUTE = 20


# Nobody is signed in here: the signed address is the right to send, and a frame on another site has no cookies.
@method_decorator(csrf_exempt, name="dispatch")
class OutsideView(PublicView):
    """A page behind a signed address. GET changes nothing, because scanners of mail open every link."""

    request: VisitorRequest
    template: ClassVar[str]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tenant = visitor_of(request).tenant
        if tenant is None:
            raise Http404
        with tenant_scope(tenant), override(self.find(kwargs["token"])):
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, TemplateResponse):
                response.render()
        if sites := self.sites():
            # Browsers that read no `frame-ancestors` read X-Frame-Options, which stays as it is for every page.
            response._csp_replace = {"frame-ancestors": sites}  # type: ignore[attr-defined]  # noqa: SLF001 - django-csp
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def find(self, token: str) -> str:
        """Find what the address is of, and give the language that its reader has."""
        raise NotImplementedError

    def sites(self) -> list[str]:
        """Which sites may show the page in a frame: none, unless it says so."""
        return []

    def is_too_often(self) -> bool:
        return asks_too_often(self.request, "intake", INTAKE_POSTS_A_MINUTE)

    def drawn(self, page: str, *, status: int = HTTPStatus.OK, **more: object) -> HttpResponseBase:
        headers = ASK_LATER if status == HTTPStatus.TOO_MANY_REQUESTS else None
        return TemplateResponse(self.request, self.template, {"page": page, **more}, status=status, headers=headers)


class IntakeView(OutsideView):
    """The form of a link. Whatever was found out about the business, whoever sent it reads the same thanks."""

    template = "intake/form.html"
    link: IntakeLink | None

    def find(self, token: str) -> str:
        self.link = link_behind(token)
        return get_language() or "en"

    def sites(self) -> list[str]:
        return self.link.frame_origins if self.link else []

    def get(self, request: VisitorRequest, token: str) -> HttpResponseBase:
        if self.link is None:
            return self.drawn("over", status=HTTPStatus.NOT_FOUND)
        if not self.link.takes_at(now()) or sender_for(self.link) is None:
            return self.drawn("over", status=HTTPStatus.GONE, link=self.link)
        key = new_form_key(self.link)
        return self.shown(self.link, self.form(self.link, initial={"form_key": key}), key)

    def post(self, request: VisitorRequest, token: str) -> HttpResponseBase:
        if self.link is None:
            return self.drawn("over", status=HTTPStatus.NOT_FOUND)
        if self.is_too_often():
            why = _("Too much came from your network. Send it again in a minute: what you typed is still here.")
            return self.again(self.link, why, status=HTTPStatus.TOO_MANY_REQUESTS)
        form, sent_key = self.form(self.link, request.POST), request.POST.get("form_key", "")
        key = form_key_in(self.link, sent_key)
        if key is None:
            why = _("This form cannot be sent any more. Look over what you typed in this new one, and send it.")
            return self.again(self.link, why, status=HTTPStatus.CONFLICT)
        if not form.is_valid():
            return self.shown(self.link, form, sent_key, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        is_proven = is_proof(form.cleaned_data["proof"], key)
        try:
            receive(
                self.link.pk,
                key,
                form.answers(),
                language=get_language() or "en",
                address=request.META.get("REMOTE_ADDR") or None,
                is_proven=is_proven,
            )
        except Refused as refused:
            return self.again(self.link, str(refused.reasons[0].text), status=HTTPStatus.CONFLICT)
        return self.drawn("thanks" if is_proven else "confirm", link=self.link)

    def again(self, link: IntakeLink, why: str, *, status: int) -> HttpResponseBase:
        """The form with what was typed and why it was not taken; with a new key where it had none of ours."""
        sent = self.request.POST.dict()
        key = sent.get("form_key", "")
        if form_key_in(link, key) is None:
            key = new_form_key(link)
            sent |= {"form_key": key, "proof": ""}
        return self.shown(link, self.form(link, sent), key, status=status, why=why)

    def form(self, link: IntakeLink, data: Mapping[str, Any] | None = None, **kwargs: Any) -> IntakeForm:
        return IntakeForm(link, current_tenant().name, data, **kwargs)

    def shown(
        self, link: IntakeLink, form: IntakeForm, sent_key: str, *, status: int = 200, why: str = ""
    ) -> HttpResponseBase:
        key = form_key_in(link, sent_key)
        if key is not None:
            form.fields["proof"].widget.attrs["data-proof"] = json.dumps(challenge_for(key))
        return self.drawn("form", status=status, link=link, form=form, why=why)


class PersonView(OutsideView):
    """A page about what one person sent, in their language: asked on GET, done on POST."""

    intake: Intake | None

    def look(self, token: str) -> Intake | None:
        """What the address is of; None for one that is not ours."""
        raise NotImplementedError

    def find(self, token: str) -> str:
        self.intake = self.look(token)
        return self.intake.language if self.intake else (get_language() or "en")

    def is_done(self, intake: Intake) -> bool:
        raise NotImplementedError

    def act(self, intake: Intake) -> None:
        raise NotImplementedError

    def get(self, request: VisitorRequest, token: str) -> HttpResponseBase:
        if self.intake is None:
            return self.drawn("over", status=HTTPStatus.NOT_FOUND)
        return self.drawn("done" if self.is_done(self.intake) else "ask", intake=self.intake)

    def post(self, request: VisitorRequest, token: str) -> HttpResponseBase:
        if self.intake is None:
            return self.drawn("over", status=HTTPStatus.NOT_FOUND)
        if self.is_too_often():
            return self.drawn("later", status=HTTPStatus.TOO_MANY_REQUESTS, intake=self.intake)
        try:
            self.act(self.intake)
        except Refused:
            return self.drawn("over", status=HTTPStatus.GONE)
        return self.drawn("done", intake=self.intake)


class ConfirmView(PersonView):
    template = "intake/confirm.html"

    def look(self, token: str) -> Intake | None:
        return intake_to_confirm(token)

    def is_done(self, intake: Intake) -> bool:
        return intake.came_in_at is not None

    def act(self, intake: Intake) -> None:
        confirm(intake.pk)


class ObjectionView(PersonView):
    template = "intake/objection.html"

    def look(self, token: str) -> Intake | None:
        return intake_to_object(token)

    def is_done(self, intake: Intake) -> bool:
        return intake.objected_at is not None

    def act(self, intake: Intake) -> None:
        object_to(intake.pk)
