"""The pages on which a step of a lead is asked and taken."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.forms.steps import AnswerForm, AppealForm, AssignForm, TeamForm
from leads.models import Lead
from leads.selectors import colleagues, likely_reason, representatives
from leads.services.steps import LEADS
from leads.states import Status
from partnerhub.records.pages import StepView
from partnerhub.roles import LEADS_VIEW
from partnerhub.web.views import Crumb


class LeadStepView(StepView):
    records = LEADS
    permission = LEADS_VIEW
    forms_of = {"appeal": AppealForm, "assign": AssignForm, "give_info": AnswerForm, "name_team": TeamForm}
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

    def initial(self, record: Lead) -> dict[str, Any]:
        people = {"owner": str(record.owned_by), "team": [str(key) for key in record.team]}
        code = likely_reason(record, self.request.membership) if self.step.name == "refuse" else ""
        return {"question": record.question, "code": code, **people}

    def form_arguments(self, step: str) -> dict[str, Any]:
        match step:
            case "assign":
                return {"representatives": representatives()}
            case "name_team":
                return {"people": colleagues(self.request.membership.partner_id)}
        return {}
