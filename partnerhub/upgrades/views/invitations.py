"""Sending an invitation, its page, and the versions of the terms that owners agree to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.models import Lead
from leads.services.steps import LEADS
from leads.tables import LeadList
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import Reason
from partnerhub.records.making import MakeView
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.roles import LEADS_SUBMIT, PARTNER, PROGRAMS_MANAGE, VENDOR
from partnerhub.states import Dialog
from partnerhub.upgrades.forms import SendForm, TermsForm
from partnerhub.upgrades.models import UpgradeTerms
from partnerhub.upgrades.selectors import current_terms, invitations_of, why_not
from partnerhub.upgrades.services import (
    INVITATIONS,
    publish_terms,
    send_invitation,
)
from partnerhub.upgrades.tables import InvitationList, TermsList
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.pages import ListView
from partnerhub.web.lists.showing import facts_card
from partnerhub.web.views import PortalView


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
        initial = {"answer_days": last.answer_days, **last.texts} if last else {}
        return self.shown(TermsForm(own=request.tenant.language, initial=initial))

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = TermsForm(request.POST, own=request.tenant.language)
        if not form.is_valid():
            return self.shown(form, status=422)
        terms = publish_terms(form.texts(), by=request.membership, answer_days=form.cleaned_data["answer_days"])
        messages.success(request, _("Version %(number)s of the terms is published.") % {"number": terms.number})
        return redirect(terms.urls.page)

    def shown(self, form: TermsForm, status: int = 200) -> HttpResponse:
        crumbs = [*TermsList.above(), (_("New version"), None)]
        return self.page("upgrades/publish.html", {"form": form, "crumbs": crumbs}, status=status)
