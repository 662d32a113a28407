"""*Correct* on a lead's page: what was submitted, to be put right, and back to where the person was (C7)."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from leads.forms.correction import CorrectionForm
from leads.models import Lead
from leads.selectors import lead_for
from leads.selectors.corrections import may_correct, why_not_corrected
from leads.services.corrections import correct_lead
from leads.states import QUESTIONS
from leads.views.form.page import TYPED_KINDS
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import NotPermitted
from partnerhub.roles import LEADS_SUBMIT, LEADS_VIEW
from partnerhub.web.seen import Meanwhile, attempt
from partnerhub.web.trails import Trail


class CorrectView(SeatView):
    """A submitted lead's answers; Save leads back to the list from which the lead was opened, to its row."""

    permission = LEADS_VIEW
    forms = (CorrectionForm,)

    @classmethod
    def typed_labels(cls, **kwargs: Any) -> dict[str, str]:
        return {one.name: str(one.label) for one in QUESTIONS if one.kind in TYPED_KINDS}

    def get(self, request: MemberRequest, lead_id: UUID) -> HttpResponseBase:
        lead = self.lead(lead_id)
        if reason := why_not_corrected(lead, request.membership):
            messages.warning(request, str(reason.text))
            return redirect(lead.urls.page)
        return self.shown(lead, CorrectionForm(lead))

    def post(self, request: MemberRequest, lead_id: UUID) -> HttpResponseBase:
        lead = self.lead(lead_id)
        form = CorrectionForm(lead, request.POST)
        again = attempt(
            form,
            lambda: correct_lead(
                lead.pk, answers=form.answers(), by=request.membership, seen=form.cleaned_data["version"]
            ),
        )
        if again:
            return self.shown(self.lead(lead_id), form, **again)
        messages.success(request, _("%(company)s is saved. The other side is told.") % {"company": lead.company})
        return redirect(self.back(lead))

    def lead(self, lead_id: UUID) -> Lead:
        """Raises NotPermitted for who corrects no leads, Http404 for what the member does not see."""
        if not may_correct(self.request.membership):
            raise NotPermitted(LEADS_SUBMIT)
        try:
            lead = lead_for(self.request.membership, lead_id)
        except Lead.DoesNotExist:
            raise Http404 from None
        if lead.submitted_at is None:
            raise Http404
        return lead

    def back(self, lead: Lead) -> str:
        """The list from which the lead was opened, at its row; else the lead."""
        trail = Trail.of_address(self.request.GET)
        return lead.urls.page if trail is None else f"{reverse('leads:list')}?{trail.query}#row-{lead.pk}"

    def shown(
        self, lead: Lead, form: CorrectionForm, *, status: int = HTTPStatus.OK, now: Meanwhile | None = None
    ) -> HttpResponseBase:
        trail = Trail.of_address(self.request.GET)
        context = {
            "lead": lead,
            "form": form,
            "now": now,
            "keep_url": f"{lead.urls.page}?{trail.address}" if trail else lead.urls.page,
            "crumbs": [(_("Leads"), reverse("leads:list")), (lead.company, lead.urls.page), (_("Correct"), None)],
        }
        return self.page("leads/correct.html", context, status=status)
