"""The list of absences: who is away, and who covers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partnerhub.absences.models import Absence
from partnerhub.absences.services import ABSENCES
from partnerhub.absences.states import TONES, Status
from partnerhub.roles import OWN_VIEW
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell


class AbsenceList(ListOf):
    """The absences that a member may see, the latest first unless sorted otherwise."""

    name, title, section = "absences", _("Absences"), _("Settings")
    about = _("Who is away, until when, and who covers.")
    counted = ngettext_lazy("%(number)s absence", "%(number)s absences", "count")
    kept, page_name, permission = ABSENCES, "absences:absences", OWN_VIEW
    new = ("absences:new", _("Plan an absence"))
    narrowed_by, default_order, live = ("status",), "-from", "absence"
    columns = (
        Column("name", _("Name"), always=True, cell=cell.Link("member.name", to=Absence.urls)),
        Column("status", _("Status"), css="state", cell=cell.Status("status", Status, TONES)),
        Column("from", _("First day away"), "first_day", cell=cell.Day("first_day")),
        Column("until", _("Last day away"), cell=cell.Day("last_day")),
        Column("deputy", _("Deputy"), cell=cell.Text("deputy.name")),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
    )
    nothing_found = Blank("search", _("No absence matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("user", _("Nobody is away"), _("Plan an absence: a colleague covers meanwhile."))
