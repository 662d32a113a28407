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
from leads.selectors import lead_for
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.reasons import with_names
from partnerhub.accounts.requests import MemberRequest, VisitorRequest, visitor_of
from partnerhub.accounts.services import remember_opened
from partnerhub.errors import Refused
from partnerhub.events.selectors import timeline_of
from partnerhub.events.timeline import entries_of
from partnerhub.records.actions import actions_of
from partnerhub.records.pages import StepView
from partnerhub.roles import LEADS_SUBMIT, LEADS_VIEW, PARTNER, PROGRAMS_MANAGE
from partnerhub.tenancy.scope import current_tenant, tenant_scope
from partnerhub.upgrades.forms import AgreeForm, SendForm, TermsForm
from partnerhub.upgrades.models import UpgradeInvitation, UpgradeTerms
from partnerhub.upgrades.panels import how_it_stands
from partnerhub.upgrades.selectors import current_terms, invitation_of, invitations_for, invitations_of, why_not
from partnerhub.upgrades.services import (
    INVITATIONS,
    agree,
    decline,
    open_invitation,
    publish_terms,
    send_invitation,
)
from partnerhub.upgrades.states import Status
from partnerhub.upgrades.tables import InvitationList, TermsList
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.lists.pages import ListView
from partnerhub.web.lists.records import RecordPage
from partnerhub.web.seen import attempt
from partnerhub.web.views import Crumb, PortalView, PublicView


class SendView(SeatView, AskView):
    """Sends an upgrade invitation from a lead, or says what it lacks."""

    permission = LEADS_SUBMIT
    forms = (SendForm,)

    def get(self, request: MemberRequest, lead_id: UUID) -> HttpResponseBase:
        lead = self.lead(lead_id)
        return self.shown(lead, SendForm(initial={"version": lead.version, "language": lead.partner.language}))

    def post(self, request: MemberRequest, lead_id: UUID) -> HttpResponseBase:
        lead, form = self.lead(lead_id), SendForm(request.POST)
        again = attempt(form, lambda: self.send(lead, form))
        if again:
            return self.shown(self.lead(lead_id), form, **again)
        messages.success(
            request, _("The owner of %(company)s gets the invitation by mail.") % {"company": lead.company}
        )
        return self.done(lead.urls.page)

    def send(self, lead: Lead, form: SendForm) -> None:
        sent = form.cleaned_data
        send_invitation(lead.pk, language=sent["language"], by=self.request.membership, seen=sent["version"])

    def lead(self, lead_id: UUID) -> Lead:
        try:
            lead = lead_for(self.request.membership, lead_id)
        except Lead.DoesNotExist:
            raise Http404 from None
        if self.request.membership.side != PARTNER or lead.submitted_at is None:
            raise Http404
        return lead

    def shown(self, lead: Lead, form: SendForm, **more: Any) -> HttpResponseBase:
        reasons = why_not(lead, current_terms(), invitations_of(lead), self.request.membership)
        (said,) = with_names([reasons], self.request.membership)
        is_open = all(reason.ok for reason in reasons)
        email = lead.details.get("store_owner_email") or "–"
        ask = Ask(
            title=_("Send an upgrade invitation to %(company)s") % {"company": lead.company},
            record=_("To %(email)s") % {"email": email},
            text=_("The owner reads the terms and agrees or declines. Until then the lead leaves triage."),
            confirm=_("Send upgrade invitation"),
            keep=_("Cancel"),
            back=lead.urls.page,
        )
        crumbs = [(_("Leads"), reverse("leads:list")), (lead.company, lead.urls.page), (ask.confirm, None)]
        return self.asks(ask, form, reasons=[] if is_open else said, crumbs=crumbs, **more)


class InvitationView(RecordPage):
    permission = LEADS_VIEW
    record_list = InvitationList

    def get(self, request: MemberRequest, upgrade_id: UUID) -> HttpResponseBase:
        invitation = get_object_or_404(invitations_for(request.membership), pk=upgrade_id)
        remember_opened(
            request.membership,
            kind="upgradeinvitation",
            object_id=invitation.pk,
            title=invitation.company,
            path=invitation.urls.page,
        )
        events = timeline_of(invitation.pk, request.membership)
        crumbs = [*crumbs_above(), (invitation.company, None)]
        context = how_it_stands(invitation) | {
            "actions": actions_of(INVITATIONS, invitation, request.membership, first=("activate",)),
            "entries": entries_of(events, request.membership),
            "is_partner": request.membership.side == PARTNER,
            "crumbs": crumbs,
        }
        return self.record_page("upgrades/invitation.html", invitation, context)


class InvitationStepView(StepView):
    records = INVITATIONS
    permission = LEADS_VIEW
    changed = gettext_lazy("This invitation has changed meanwhile")
    see = gettext_lazy("See the invitation as it is now")

    def words(self, record: UpgradeInvitation) -> dict[str, Any]:
        return {"company": record.company}

    def line(self, record: UpgradeInvitation) -> str:
        words = {"number": record.lead.reference, "status": Status(record.status).label}
        return _("Upgrade invitation of lead %(number)s · %(status)s") % words

    def now_words(self, record: UpgradeInvitation) -> str:
        return _("The invitation is now: %(status)s.") % {"status": Status(record.status).label}

    def crumbs(self) -> list[Crumb]:
        return crumbs_above()


def crumbs_above() -> list[Crumb]:
    return [(_("Referrals"), None), (_("Upgrade invitations"), reverse("upgrades:invitations"))]


class TermsView(ListView):
    """The versions of the terms, and the way to publish the next."""

    list_class = TermsList
    template = "upgrades/terms.html"


class VersionView(PortalView):
    permission = PROGRAMS_MANAGE

    def get(self, request: MemberRequest, terms_id: UUID) -> HttpResponseBase:
        terms = get_object_or_404(UpgradeTerms.objects.select_related("published_by__user"), pk=terms_id)
        above = [(_("Programme"), None), (_("Upgrade terms"), reverse("upgrades:terms"))]
        return self.page("upgrades/version.html", {"terms": terms, "crumbs": [*above, (str(terms), None)]})


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
        crumbs = [(_("Programme"), None), (_("Upgrade terms"), reverse("upgrades:terms")), (_("New version"), None)]
        return self.page("upgrades/publish.html", {"form": form, "crumbs": crumbs}, status=status)


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

    def drawn(self, page: str, *, status: int, **more: Any) -> HttpResponseBase:
        context = {"page": page, "invitation": self.invitation, **more}
        return TemplateResponse(self.request, "upgrades/owner.html", context, status=status)
