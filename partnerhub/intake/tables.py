"""The list of intake links."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partnerhub.intake.models import IntakeLink
from partnerhub.intake.services import INTAKE_LINKS
from partnerhub.intake.states import TONES, Status
from partnerhub.roles import LEADS_VIEW, VENDOR
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell


class IntakeLinkList(ListOf):
    """The intake links that a member may see, the newest first unless sorted otherwise."""

    name, title, section = "intake-links", _("Intake links"), _("Referrals")
    about = _("Forms that anybody may send without an account. What comes in belongs to the partner whose link it is.")
    counted = ngettext_lazy("%(number)s link", "%(number)s links", "count")
    page_name = "intake:links"
    permission = LEADS_VIEW
    narrowed_by = ("status", "created")
    default_order, changed = "-created", ""
    columns = (
        Column("name", _("Name"), "name_key", always=True, cell=cell.Link("name", to=IntakeLink.urls)),
        Column("partner", _("Partner"), css="mid", side=VENDOR, cell=cell.Text("partner.name")),
        Column("status", _("Status"), css="state", cell=cell.Status("status", Status, TONES)),
        Column("program", _("Program"), css="mid", cell=cell.Text("program.name")),
        Column("received", _("Came in"), css="amount num", cell=cell.Number("received")),
        Column("expires", _("Works until"), css="late", cell=cell.Day("expires_at")),
        Column("created", _("Created"), "created_at", css="late", cell=cell.Day("created_at")),
    )
    nothing_found = Blank("search", _("No link matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank(
        "link", _("No links yet"), _("Make one to take leads by a link, a printed code or your website.")
    )

    def rows(self) -> QuerySet[Any]:
        return INTAKE_LINKS.rows(self.membership)
