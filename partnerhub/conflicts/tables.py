"""The list of the conflict desk."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leads.models import Lead
from partnerhub.conflicts.models import ConflictCase
from partnerhub.conflicts.services import CASES
from partnerhub.conflicts.states import TONES, Status
from partnerhub.roles import ACCOUNTS_VIEW
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell


class CaseList(ListOf):
    """Leads that were sent for review, the latest first unless sorted otherwise."""

    name, title, section = "conflicts", _("Conflict desk"), _("Referrals")
    about = _("Leads in review, side by side with what they collide with. No partner sees this.")
    counted = ngettext_lazy("%(number)s conflict", "%(number)s conflicts", "count")
    page_name = "conflicts:cases"
    permission = ACCOUNTS_VIEW
    narrowed_by = ("status", "opened")
    default_order = "-opened"
    live = "conflictcase"
    columns = (
        Column("company", _("Company"), "company_key", always=True, cell=cell.Link("company", to=ConflictCase.urls)),
        Column("partner", _("Partner"), css="mid", cell=cell.Text("lead.partner.name")),
        Column("status", _("Status"), css="state", cell=cell.Status("status", Status, TONES)),
        Column("flags", _("Flags"), css="mid", cell=cell.Tags("flag_words", nothing="–")),
        Column("verdict", _("Conflict check"), css="late", cell=cell.Text("get_verdict_display")),
        Column("lead", _("Lead"), css="mid keep", cell=cell.Link("lead.reference", to=Lead.urls, key="lead_id")),
        Column("opened", _("Sent for review"), "created_at", cell=cell.Day("created_at")),
    )
    nothing_found = Blank("search", _("No conflict matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("people", _("No conflicts"), _("A lead that its partner sends for review waits here."))

    def rows(self) -> QuerySet[Any]:
        return CASES.rows(self.membership)
