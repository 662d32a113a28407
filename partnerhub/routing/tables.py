"""The versions of the routing rules."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partnerhub.roles import QUEUES_MANAGE
from partnerhub.routing.models import RuleSet
from partnerhub.routing.services import RULE_SETS
from partnerhub.routing.services.records import how_many_words
from partnerhub.routing.states import TONES, Status
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell


class RuleSetList(ListOf):
    """The versions of the rules, the newest first."""

    name, title, section = "rule-sets", _("Routing"), _("Programme")
    about = _("The rules by which new leads are assigned, offered or queued. One version is on at a time.")
    counted = ngettext_lazy("%(number)s version", "%(number)s versions", "count")
    page_name = "routing:rule-sets"
    permission = QUEUES_MANAGE
    narrowed_by = ("status",)
    default_order = "-number"
    live = "ruleset"
    columns = (
        Column("number", _("Version"), "number", always=True, cell=cell.Link(str, to=RuleSet.urls)),
        Column("status", _("Status"), css="state", cell=cell.Status("status", Status, TONES)),
        Column("rules", _("Rules"), cell=cell.Text(how_many_words)),
        Column("by", _("Begun by"), css="mid", cell=cell.Text("begun_by.name")),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
    )
    nothing_found = Blank("search", _("No version matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank(
        "swap", _("No rules yet"), _("Until rules are on, each new lead goes to the fallback of its program.")
    )

    def rows(self) -> QuerySet[Any]:
        return RULE_SETS.rows(self.membership)
