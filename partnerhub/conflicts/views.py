"""The page of a case: its lead side by side with what it collides with, and how it was decided."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from partnerhub.conflicts.forms import DecideForm, SplitForm
from partnerhub.conflicts.models import ConflictCase
from partnerhub.conflicts.selectors import COUNTS, accounts_behind, evidence_of, leads_of_case
from partnerhub.conflicts.services import CASES
from partnerhub.conflicts.tables import CaseList
from partnerhub.records.pages import StepView
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import Part, facts_card


def _side_by_side(page: "CaseView", case: ConflictCase) -> Mapping[str, Any]:
    return {"found": evidence_of(case), "accounts": accounts_behind(case.lead, page.request.membership)}


class CaseView(RecordView):
    kept, record_list, id_name = CASES, CaseList, "conflict_id"
    first, likely = ("clear_flags", "decide", "stand"), ("confirm_flags", "split", "stand")
    line = (
        Fact(_("Conflict")),
        Fact("", cell.Text("lead.partner.name")),
        Fact(_("sent for review on %(day)s"), cell.Date("created_at")),
    )
    main = (
        NEXT,
        Part("conflicts/side_by_side.html", _side_by_side),
        facts_card(
            _("The decision"),
            Fact(_("Lead in review"), cell.Link("lead.reference", to=Lead.urls, key="lead_id")),
            Fact(_("Conflict check"), cell.Text("get_verdict_display")),
            Fact(_("Flags"), cell.Text(lambda case: ", ".join(case.flag_words))),
            Fact(_("What was found"), cell.Text("flags_note")),
            Fact(_("Goes on"), cell.Text("winner_reference")),
            Fact(_("Decided by"), cell.Text("decider")),
            Fact(_("Reason"), cell.Text("reason")),
        ),
    )
    aside = (TIMELINE,)


class CaseStepView(StepView):
    records, record_list = CASES, CaseList
    forms_of = {"decide": DecideForm, "split": SplitForm}

    def form_arguments(self, step: str) -> dict[str, Any]:
        if step not in self.forms_of:
            return {}
        case = self.records.find(self.request.membership, self.kwargs["record_id"])
        return {"leads": list(leads_of_case(case).filter(status__in=COUNTS))}
