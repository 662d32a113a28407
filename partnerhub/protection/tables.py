"""The list of protected leads."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from leads.models import Lead
from partnerhub.protection.models import Protection
from partnerhub.protection.services import PROTECTIONS
from partnerhub.protection.states import TONES, Status
from partnerhub.roles import LEADS_VIEW, PARTNER, VENDOR
from partnerhub.states.lasting import Extension
from partnerhub.web.lists import Blank, Column, ListFilter, ListOf
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.filters import DayFilter, WordsFilter


class ProtectionFilter(ListFilter):
    status = WordsFilter("status", label=_("Status"), choices=Status.choices, help_text="How the protection stands.")
    extension = WordsFilter(
        "extension", label=_("Extension"), choices=Extension.choices, help_text="What became of the extension."
    )
    until_from = DayFilter(
        "until", menu=_("Protected until"), label=pgettext_lazy("day", "From"), help_text="The first day."
    )
    until_to = DayFilter(
        "until",
        menu=_("Protected until"),
        label=pgettext_lazy("day", "To"),
        after="until_from",
        help_text="The last day, included.",
    )


class ProtectionList(ListOf):
    """The protected leads that a member may see; what ends first comes first unless sorted otherwise."""

    name, title, section = "protections", _("Protected leads"), _("Referrals")
    about = {
        PARTNER: _("How long your leads hold other partners out. Meetings, contacts and activity protect them longer."),
        VENDOR: _("How long leads hold other partners out, and which extensions wait for an answer."),
    }
    counted = ngettext_lazy("%(number)s protected lead", "%(number)s protected leads", "count")
    page_name = "protection:protections"
    permission = LEADS_VIEW
    filter_class = ProtectionFilter
    default_order = "until"
    live = "protection"
    columns = (
        Column("company", _("Company"), "company_key", always=True, cell=cell.Link("company", to=Protection.urls)),
        Column("partner", _("Partner"), css="mid", side=VENDOR, cell=cell.Text("partner.name")),
        Column("status", _("Status"), css="state", cell=cell.Status("status", Status, TONES)),
        Column("until", _("Protected until"), "until", cell=cell.Day("until")),
        Column("left", _("Days left"), cell=cell.Text("left")),
        Column("days", _("Days granted"), css="late", cell=cell.Number("days")),
        Column("extension", _("Extension"), css="mid", cell=cell.Text("get_extension_display")),
        Column("lead", _("Lead"), css="late", cell=cell.Link("lead.reference", to=Lead.urls, key="lead_id")),
        Column("since", _("Since"), "starts_at", css="late", cell=cell.Day("starts_at")),
    )
    nothing_found = Blank("search", _("No protected lead matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("lock", _("No protected leads yet"), _("A lead is protected once it is in progress."))

    def rows(self) -> QuerySet[Any]:
        return PROTECTIONS.rows(self.membership)
