"""The pages on which a step of a lead is asked and taken."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deals.selectors.deals import can_open
from leads.forms.steps import AnswerForm, AppealForm, AssignForm, ConvertForm, TeamForm
from leads.models import Lead
from leads.selectors import colleagues, likely_reason, representatives
from leads.services.steps import LEADS
from leads.states import Status
from leads.views.converting import choices_in, deal_to_be, is_deal_already
from partnerhub.errors import Reason, Stale
from partnerhub.records.forms import StepForm
from partnerhub.records.pages import StepView
from partnerhub.records.rows import Row
from partnerhub.roles import LEADS_VIEW
from partnerhub.web.views import Crumb


class LeadStepView(StepView):
    records = LEADS
    permission = LEADS_VIEW
    forms_of = {
        "appeal": AppealForm,
        "assign": AssignForm,
        "convert": ConvertForm,
        "give_info": AnswerForm,
        "name_team": TeamForm,
    }
    changed = gettext_lazy("This lead has changed meanwhile")
    see = gettext_lazy("See the lead as it is now")

    def line(self, record: Lead) -> str:
        words = {
            "program": record.program.name,
            "number": record.reference,
            "status": Status(record.status).label,
        }
        return _("%(program)s lead %(number)s · %(status)s") % words

    def now_words(self, record: Lead) -> str:
        words: dict[str, Any] = {"status": Status(record.status).label}
        if record.representative:
            words["name"] = record.representative.name
            return _("The lead is now: %(status)s, with %(name)s.") % words
        return _("The lead is now: %(status)s.") % words

    def crumbs(self) -> list[Crumb]:
        return [(_("Leads"), reverse("leads:list"))]

    def needs(self) -> list[Reason]:
        return can_open(self.request.membership) if self.step.name == "convert" else []

    def initial(self, record: Lead) -> dict[str, Any]:
        if self.step.name == "convert":
            return deal_to_be(record, self.request.membership)
        people = {"owner": str(record.owned_by), "team": [str(key) for key in record.team]}
        code = likely_reason(record, self.request.membership) if self.step.name == "refuse" else ""
        return {"question": record.question, "code": code, **people}

    def form_arguments(self, step: str) -> dict[str, Any]:
        match step:
            case "assign":
                return {"representatives": representatives()}
            case "name_team":
                return {"people": colleagues(self.request.membership.partner_id)}
            case "convert":
                return choices_in(self.kwargs["record_id"], self.request.membership)
        return {}

    def _ask(self, record: Row, form: StepForm, **kwargs: Any) -> HttpResponseBase:
        return self._is_deal(record) or super()._ask(record, form, **kwargs)

    def _stale(self, stale: Stale, form: StepForm) -> HttpResponseBase:
        return self._is_deal(stale.current) or super()._stale(stale, form)

    def _is_deal(self, record: Row) -> HttpResponseBase | None:
        """One message with the way to the deal, where somebody was faster, or the same person in another tab."""
        if self.step.name != "convert" or not isinstance(record, Lead) or record.deal_id is None:
            return None
        ask = is_deal_already(record, self.request.membership, line=self.line(record))
        return self.asks(ask, status=HTTPStatus.CONFLICT, crumbs=self._crumbs_below(record, self.step.label))

    def _go_on(self, record: Row, form: StepForm) -> HttpResponseBase:
        went_on = super()._go_on(record, form)
        deal = record.deal if isinstance(record, Lead) and self.step.name == "convert" else None
        return self.done(deal.urls.page) if deal else went_on
