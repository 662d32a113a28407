"""The list of appeals."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leads.models import Lead
from partnerhub.appeals.models import Appeal
from partnerhub.appeals.services import APPEALS
from partnerhub.appeals.states import TONES, Status
from partnerhub.calendars.panels import TimeLeft
from partnerhub.roles import LEADS_VIEW, PARTNER, VENDOR
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell


class DecisionDue(TimeLeft):
    """What is left until an open one is due, *Overdue*, or *Paused*; the day where it is decided."""

    def html(self, look: cell.Look) -> cell.Writer:
        left, day = super().html(look), cell.Day("due").html(look)
        return lambda one: left(one) if one.status == Status.OPEN else day(one)


class DecisionBy(DecisionDue):
    """The same with the moment, for its page."""

    def html(self, look: cell.Look) -> cell.Writer:
        left, moment = super().html(look), cell.Moment("due").html(look)
        return lambda one: f"{moment(one)} {left(one)}" if one.status == Status.OPEN and one.due else left(one)


DECISION_DUE = DecisionDue("due", nothing=_("Paused"))
DECISION_BY = DecisionBy("due", nothing=_("Paused"))


class AppealList(ListOf):
    """The appeals that a member may see, the latest first unless sorted otherwise."""

    name, title, section = "appeals", _("Appeals"), _("Referrals")
    about = {
        PARTNER: _("Leads that your organisation asked to be looked at again."),
        VENDOR: _("Leads that partners ask to be looked at again, by somebody else than the one who refused them."),
    }
    counted = ngettext_lazy("%(number)s appeal", "%(number)s appeals", "count")
    kept, page_name = APPEALS, "appeals:appeals"
    permission = LEADS_VIEW
    narrowed_by = ("status", "sent")
    default_order = "-sent"
    live = "appeal"
    columns = (
        Column("company", _("Company"), "company_key", always=True, cell=cell.Link("company", to=Appeal.urls)),
        Column("partner", _("Partner"), css="mid", side=VENDOR, cell=cell.Text("partner.name")),
        Column("status", _("Status"), css="state", cell=cell.Status("status", Status, TONES)),
        Column("lead", _("Lead"), css="late", cell=cell.Link("lead.reference", to=Lead.urls, key="lead_id")),
        Column("sent", _("Sent"), "created_at", cell=cell.Day("created_at")),
        Column("due", _("Due"), "due_at", cell=DECISION_DUE),
    )
    nothing_found = Blank("search", _("No appeal matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("up", _("No appeals yet"), _("A partner appeals on the page of a lead that is not eligible."))
