"""What is done with a lead of the vendor's on its page: returned, taken back, handed out; and how far its holder is."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.models import Lead
from leads.selectors import lead_for
from leads.states import Origin
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.claims.forms import HandOutForm, ProgressForm, ReasonForm, RefusedForm, VendorLeadForm, to_of
from partnerhub.claims.models import Claim, QueuedLead
from partnerhub.claims.services import bring_lead, place_lead, return_lead, say_progress, take_back
from partnerhub.claims.states import Progress
from partnerhub.claims.views.queue import waiting_url
from partnerhub.errors import Refused
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, LEADS_WORK
from partnerhub.tenancy.models import new_id
from partnerhub.web.dialogs import Ask, AskView


class LeadAskView(SeatView, AskView):
    """Asks something about a lead of the vendor's, and does it. A lead of a partner's own has no such address."""

    form: ClassVar[type[RefusedForm]]
    title: ClassVar[Promise]
    text: ClassVar[Promise]
    confirm: ClassVar[Promise]
    crumb: ClassVar[str | Promise] = ""
    done_words: ClassVar[Promise]
    danger: ClassVar[bool] = False

    def get(self, request: MemberRequest, lead_id: UUID) -> HttpResponseBase:
        return self.shown(self.lead(lead_id), self.form(initial=self.initial(lead_id)))

    def post(self, request: MemberRequest, lead_id: UUID) -> HttpResponseBase:
        lead, form = self.lead(lead_id), self.form(request.POST)
        if not form.is_valid():
            return self.shown(lead, form, status=422)
        try:
            self.do(lead, form)
        except Refused as refusal:
            form.refuse(refusal)
            return self.shown(lead, form, status=409)
        except (Claim.DoesNotExist, QueuedLead.DoesNotExist):
            raise Http404 from None
        messages.success(request, str(self.done_words) % {"number": lead.reference})
        return self.done(self.after(lead))

    def lead(self, lead_id: UUID) -> Lead:
        """Raises Http404 for what the member does not see, and for leads that a partner brought."""
        try:
            lead = lead_for(self.request.membership, lead_id)
        except Lead.DoesNotExist:
            raise Http404 from None
        if lead.origin != Origin.VENDOR:
            raise Http404
        return lead

    def initial(self, lead_id: UUID) -> dict[str, Any]:
        return {}

    def do(self, lead: Lead, form: RefusedForm) -> None:
        raise NotImplementedError

    def after(self, lead: Lead) -> str:
        return lead.urls.page

    def shown(self, lead: Lead, form: RefusedForm, **kwargs: Any) -> HttpResponseBase:
        ask = Ask(
            title=str(self.title) % {"company": lead.company},
            record=_("Lead %(number)s") % {"number": lead.reference},
            text=self.text,
            confirm=self.confirm,
            keep=_("Cancel"),
            back=lead.urls.page,
            danger=self.danger,
        )
        here = self.crumb or self.confirm
        crumbs = [(_("Leads"), reverse("leads:list")), (lead.company, lead.urls.page), (here, None)]
        return self.asks(ask, form, crumbs=crumbs, **kwargs)


class ReturnView(LeadAskView):
    permission = LEADS_SUBMIT
    form, forms = ReasonForm, (ReasonForm,)
    title = gettext_lazy("Return %(company)s to the queue?")
    text = gettext_lazy("You see the lead no more, and it is never offered to you again.")
    confirm = gettext_lazy("Return to the queue")
    done_words = gettext_lazy("%(number)s is back in the queue.")
    danger = True

    def do(self, lead: Lead, form: RefusedForm) -> None:
        return_lead(lead.pk, text=form.cleaned_data["text"], by=self.request.membership)

    def after(self, lead: Lead) -> str:
        return waiting_url(self.request)


class ProgressView(LeadAskView):
    permission = LEADS_SUBMIT
    form, forms = ProgressForm, (ProgressForm,)
    title = gettext_lazy("How far are you with %(company)s?")
    text = gettext_lazy("The vendor reads it. Your time with the lead begins anew.")
    confirm, crumb = gettext_lazy("Save"), gettext_lazy("Progress")
    done_words = gettext_lazy("%(number)s is saved.")

    def initial(self, lead_id: UUID) -> dict[str, Any]:
        claim = Claim.objects.filter(lead=lead_id).order_by("-created_at").first()
        return {"progress": claim.progress if claim else Progress.NEW}

    def do(self, lead: Lead, form: RefusedForm) -> None:
        sent = form.cleaned_data
        say_progress(lead.pk, progress=sent["progress"], text=sent["text"], by=self.request.membership)


class TakeBackView(LeadAskView):
    permission = LEADS_TRIAGE
    form, forms = ReasonForm, (ReasonForm,)
    title = gettext_lazy("Take %(company)s back?")
    text = gettext_lazy("The partner sees the lead no more, and is told why. It waits in its queue again.")
    confirm = gettext_lazy("Take back")
    done_words = gettext_lazy("%(number)s is back in the queue.")
    danger = True

    def do(self, lead: Lead, form: RefusedForm) -> None:
        take_back(lead.pk, text=form.cleaned_data["text"], by=self.request.membership)


class HandOutView(LeadAskView):
    permission = LEADS_TRIAGE
    form, forms = HandOutForm, (HandOutForm,)
    title = gettext_lazy("Hand out %(company)s")
    text = gettext_lazy("Partners see country, industry, size and need; whom to contact only once they have it.")
    confirm = gettext_lazy("Hand out")
    done_words = gettext_lazy("%(number)s is handed out.")

    def do(self, lead: Lead, form: RefusedForm) -> None:
        place_lead(lead.pk, to=to_of(form.cleaned_data), by=self.request.membership)


class NewVendorLeadView(SeatView):
    """The vendor brings a lead, and says where it goes."""

    permission = LEADS_WORK
    forms = (VendorLeadForm,)

    def get(self, request: MemberRequest) -> HttpResponseBase:
        return self.shown(VendorLeadForm())

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = VendorLeadForm(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            lead = bring_lead(
                new_id(),
                program=form.program_chosen(),
                answers=form.answers(),
                facts=form.facts(),
                to=to_of(form.cleaned_data),
                by=request.membership,
            )
        except Refused as refusal:
            form.refuse(refusal)
            return self.shown(form, status=409)
        messages.success(request, _("Lead %(number)s is in.") % {"number": lead.reference})
        return redirect("leads:lead", lead.pk)

    def shown(self, form: VendorLeadForm, *, status: int = 200) -> HttpResponseBase:
        crumbs = [(_("Leads"), reverse("leads:list")), (_("New lead of your own"), None)]
        return self.page("claims/new.html", {"form": form, "crumbs": crumbs}, status=status)
