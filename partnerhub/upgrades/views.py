"""The pages of upgrade invitations: sending, the record, its steps, the terms; and the owner's own page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.csrf import csrf_exempt

from leads.models import Lead
from leads.services.steps import LEADS
from leads.tables import LeadList
from notifications.models import Endpoint
from notifications.selectors.webhooks import deliveries_to, may_send
from notifications.services import renew_secret, try_endpoint
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest, VisitorRequest, visitor_of
from partnerhub.errors import Reason, Refused
from partnerhub.records.making import MakeView
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.roles import LEADS_SUBMIT, PARTNER, PROGRAMS_MANAGE, VENDOR
from partnerhub.states import Dialog
from partnerhub.tenancy.scope import current_tenant, tenant_scope
from partnerhub.upgrades.forms import ActivationForm, AgreeForm, SendForm, TermsForm
from partnerhub.upgrades.models import UpgradeInvitation, UpgradeTerms
from partnerhub.upgrades.selectors import activation_endpoint, current_terms, invitation_of, invitations_of, why_not
from partnerhub.upgrades.services import (
    INVITATIONS,
    agree,
    decline,
    leave_to_people,
    open_invitation,
    point_activation,
    publish_terms,
    send_invitation,
)
from partnerhub.upgrades.states import Status
from partnerhub.upgrades.tables import InvitationList, TermsList
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.pages import ListView
from partnerhub.web.lists.showing import facts_card
from partnerhub.web.throttles import ASK_LATER, asks_too_often
from partnerhub.web.views import PortalView, PublicView

OWNER_POSTS_A_MINUTE = 20


class SendView(MakeView[Lead]):
    """Sends an upgrade invitation from a lead, or says what it lacks."""

    permission = LEADS_SUBMIT
    forms = (SendForm,)
    source, record_list, verb = LEADS, LeadList, send_invitation
    dialog = Dialog(
        gettext_lazy("Send an upgrade invitation to %(company)s"),
        gettext_lazy("The owner reads the terms and agrees or declines. Until then the lead leaves triage."),
        gettext_lazy("Send upgrade invitation"),
        gettext_lazy("Cancel"),
        gettext_lazy("The owner of %(company)s gets the invitation by mail."),
    )

    def may_have(self, record: Lead) -> bool:
        return self.request.membership.side == PARTNER and record.submitted_at is not None

    def line(self, record: Lead) -> str:
        return _("To %(email)s") % {"email": record.details.get("store_owner_email") or "–"}

    def reasons(self, record: Lead) -> list[Reason]:
        return why_not(record, current_terms(), invitations_of(record), self.request.membership)

    def initial(self, record: Lead) -> dict[str, Any]:
        own = record.partner.language if record.partner else ""
        return {"language": record.details.get("store_owner_language") or own}


class InvitationView(RecordView):
    kept, record_list, id_name, first = INVITATIONS, InvitationList, "upgrade_id", ("activate",)
    line = (
        Fact(gettext_lazy("Upgrade invitation")),
        Fact("", cell.Text("partner.name"), side=VENDOR),
        Fact(gettext_lazy("sent by %(name)s"), cell.Both(cell.Text("sent_by.name"), cell.Date("created_at"))),
    )
    main = (
        NEXT,
        facts_card(
            gettext_lazy("The invitation"),
            Fact(gettext_lazy("Store"), cell.Outside("store_host", where="store_url", breaks=True)),
            Fact(gettext_lazy("Owner’s email"), cell.Mail("owner_email")),
            Fact(gettext_lazy("Lead"), cell.Link("lead.reference", to=Lead.urls, key="lead_id")),
            Fact(gettext_lazy("Version of the terms"), cell.Text("terms.number")),
            Fact(gettext_lazy("Works until"), cell.Moment("expires_at")),
            Fact(gettext_lazy("Agreed by"), cell.Both(cell.Text("agreed_name"), cell.Moment("agreed_at"))),
        ),
    )
    aside = (TIMELINE,)


class TermsView(ListView):
    """The versions of the terms, and the way to publish the next."""

    list_class = TermsList
    template = "upgrades/terms.html"


class VersionView(PortalView):
    permission = PROGRAMS_MANAGE

    def get(self, request: MemberRequest, terms_id: UUID) -> HttpResponseBase:
        terms = get_object_or_404(UpgradeTerms.objects.select_related("published_by__user"), pk=terms_id)
        crumbs = [*TermsList.above(), (_("Version %(number)s of the terms") % {"number": terms.number}, None)]
        return self.page("upgrades/version.html", {"terms": terms, "crumbs": crumbs})


class PublishView(PortalView):
    permission = PROGRAMS_MANAGE

    @classmethod
    def typed_labels(cls, **kwargs: Any) -> dict[str, str]:
        return {name: str(field.label) for name, field in TermsForm(own="").fields.items()}

    def get(self, request: MemberRequest) -> HttpResponseBase:
        last = current_terms()
        return self.shown(TermsForm(own=request.tenant.language, initial=last.texts if last else {}))

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = TermsForm(request.POST, own=request.tenant.language)
        if not form.is_valid():
            return self.shown(form, status=422)
        terms = publish_terms(form.texts(), by=request.membership)
        messages.success(request, _("Version %(number)s of the terms is published.") % {"number": terms.number})
        return redirect(terms.urls.page)

    def shown(self, form: TermsForm, status: int = 200) -> HttpResponse:
        crumbs = [*TermsList.above(), (_("New version"), None)]
        return self.page("upgrades/publish.html", {"form": form, "crumbs": crumbs}, status=status)


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
        if asks_too_often(request, "upgrades", OWNER_POSTS_A_MINUTE):
            return self.drawn("later", status=429)
        form = AgreeForm(request.POST) if request.POST.get("act") == "agree" else None
        if form is not None and not form.is_valid():
            return self.shown(form, status=422)
        try:
            self.act(request.POST.get("act", ""), form)
        except Refused:
            return self.shown(status=409)
        return redirect(request.path)

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
        return str(invitation.terms.text(invitation.language, current_tenant().language))

    def shown(self, form: AgreeForm | None = None, status: int = 200) -> HttpResponseBase:
        invitation = invitation_of(self.kwargs["token"]) or self.found
        if not invitation.is_answerable:
            page: dict[str, str] = {Status.AGREED: "agreed", Status.ACTIVE: "active", Status.DECLINED: "declined"}
            known = page.get(invitation.status, "over")
            return self.drawn(known, status=410 if known == "over" else status)
        if invitation.status == Status.SENT:
            return self.drawn("sent", status=status)
        return self.drawn("opened", status=status, form=form or AgreeForm(), terms=self.terms())

    def drawn(self, page: str, *, status: int, **more: object) -> HttpResponseBase:
        context = {"page": page, "invitation": self.invitation, **more}
        headers = ASK_LATER if status == 429 else None
        return TemplateResponse(self.request, "upgrades/owner.html", context, status=status, headers=headers)
