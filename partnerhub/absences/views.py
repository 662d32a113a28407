"""The pages of absences: the record, and a new one. Those of its steps are made of the machine."""

from django.utils.translation import gettext_lazy as _

from partnerhub.absences.services import ABSENCES, plan_absence
from partnerhub.absences.states import CHANGE_ABSENCE, PLAN_ABSENCE
from partnerhub.absences.tables import AbsenceList
from partnerhub.records.adding import AddView
from partnerhub.records.showing import NEXT, TIMELINE, RecordView, asked_card
from partnerhub.roles import OWN_MANAGE
from partnerhub.states import Dialog
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact


class AbsenceView(RecordView):
    kept, record_list, id_name, first = ABSENCES, AbsenceList, "absence_id", ("return",)
    line = (Fact(_("Absence")), Fact(_("%(name)s covers"), cell.Text("deputy.name")))
    main = (NEXT, asked_card(_("The absence"), CHANGE_ABSENCE))
    aside = (TIMELINE,)


class PlanAbsenceView(AddView):
    permission = OWN_MANAGE
    records, record_list, asked, verb = ABSENCES, AbsenceList, PLAN_ABSENCE, plan_absence
    dialog = Dialog(
        _("Plan an absence"),
        _("Both days are included. The deputy is told at once, and on the first day."),
        _("Plan absence"),
        _("Cancel"),
        _("The absence of %(name)s is planned."),
    )
