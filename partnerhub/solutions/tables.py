"""The list of solutions, each with where it stands in its review."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partnerhub.partners.models import Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.roles import PARTNER, SOLUTIONS_VIEW, VENDOR
from partnerhub.solutions.services import SOLUTIONS
from partnerhub.solutions.states import TONES
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell


class SolutionList(ListOf):
    """The solutions that a member may see, the latest activity first unless sorted otherwise."""

    name, title, section = "all-solutions", _("Solutions"), _("Profile")
    about = {PARTNER: _("What your organisation sells and installs."), VENDOR: _("What the partners sell and install.")}
    counted = ngettext_lazy("%(number)s solution", "%(number)s solutions", "count")
    kept, page_name, permission = SOLUTIONS, "solutions:solutions", SOLUTIONS_VIEW
    new = ("solutions:new", _("New solution"))
    narrowed_by, default_order, live = ("status",), "-updated", "solution"
    columns = (
        Column("name", _("Name"), always=True, cell=cell.Link("name", to=Solution.urls)),
        Column("status", _("Status"), css="state", cell=cell.Status("status", SolutionStatus, TONES)),
        Column("partner", _("Partner"), css="mid", side=VENDOR, cell=cell.Text("partner.name")),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
    )
    nothing_found = Blank("search", _("No solution matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank(
        "layers",
        _("No solutions yet"),
        {
            PARTNER: _("Add what you sell and send it for review: deals need a solution that is co-sell ready."),
            VENDOR: _("When a partner adds what it sells, it appears here."),
        },
    )
