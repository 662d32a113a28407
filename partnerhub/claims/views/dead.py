"""*Report dead* on the page of a lead: the holder says why, a channel manager decides (rulings 5)."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from leads.models import Lead
from partnerhub.claims.forms import DeadForm, ReasonForm, RefusedForm
from partnerhub.claims.models import Claim
from partnerhub.claims.services import confirm_dead, find_alive, report_dead
from partnerhub.claims.states import HOLDING
from partnerhub.claims.views.steps import LeadAskView
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE


class ReportDeadView(LeadAskView):
    permission = LEADS_SUBMIT
    form, forms = ReasonForm, (ReasonForm,)
    title = gettext_lazy("Report %(company)s dead?")
    text = gettext_lazy("A channel manager reads why and decides. Until then the lead stays with you.")
    confirm = gettext_lazy("Report dead")
    done_words = gettext_lazy("%(number)s is reported dead.")
    danger = True

    def do(self, lead: Lead, form: RefusedForm) -> None:
        report_dead(lead.pk, text=form.cleaned_data["text"], by=self.request.membership)


class ConfirmDeadView(LeadAskView):
    permission = LEADS_TRIAGE
    form, forms = DeadForm, (DeadForm,)
    title = gettext_lazy("Find %(company)s dead?")
    text = gettext_lazy("The lead is not eligible then, and does not count as held by the partner any more.")
    confirm = gettext_lazy("Confirm")
    done_words = gettext_lazy("%(number)s is not eligible.")
    danger = True

    def initial(self, lead_id: UUID) -> dict[str, Any]:
        claim = Claim.objects.filter(lead=lead_id, status__in=HOLDING).first()
        return {"text": claim.dead_text if claim else ""}

    def do(self, lead: Lead, form: RefusedForm) -> None:
        sent = form.cleaned_data
        confirm_dead(lead.pk, code=sent["code"], text=sent["text"], by=self.request.membership)


class FindAliveView(LeadAskView):
    permission = LEADS_TRIAGE
    form, forms = ReasonForm, (ReasonForm,)
    title = gettext_lazy("Leave %(company)s with its holder?")
    text = gettext_lazy("The partner is told why, and goes on with the lead.")
    confirm = gettext_lazy("Not dead")
    done_words = gettext_lazy("%(number)s stays with its holder.")

    def do(self, lead: Lead, form: RefusedForm) -> None:
        find_alive(lead.pk, text=form.cleaned_data["text"], by=self.request.membership)
