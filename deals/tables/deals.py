"""The list of deals, with its views."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from deals.models import Deal
from deals.selectors.deals import deals_of
from deals.services.deals import DEALS
from deals.states.deals import DEAL_TONES, IS_CLOSED, DealStage, DealStatus, DealType
from partnerhub.roles import DEALS_VIEW, PARTNER, VENDOR
from partnerhub.web.lists import Blank, Column, ListFilter, ListOf
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.filters import WordFilter, WordsFilter
from partnerhub.web.lists.filters.derived import days

VIEWS = (("mine", _("My opportunities")), ("open", pgettext_lazy("deals", "Open")), ("closed", _("Closed")))


class DealFilter(ListFilter):
    view = WordFilter(method="of_view", label=_("View"), choices=VIEWS, drawn=False, help_text="One of the views.")
    status = WordsFilter(label=_("Status"), choices=DealStatus.choices, help_text="How it stands, one or more.")
    stage = WordsFilter(
        label=_("Stage"),
        choices=[(str(one.value), one.label) for one in DealStage],
        help_text="In percent, one or more.",
    )
    type = WordsFilter(label=pgettext_lazy("of a deal", "Type"), choices=DealType.choices, help_text="One or more.")
    close_from, close_to = days("close", "close_date", _("Close date"), moments=False).values()

    def of_view(self, rows: QuerySet[Deal], name: str, value: str) -> QuerySet[Deal]:
        if value == "mine":
            return rows.filter(deals_of(self.request.membership).lookup())
        return rows.filter(status__in=IS_CLOSED) if value == "closed" else rows.exclude(status__in=IS_CLOSED)


class DealList(ListOf):
    """The deals that a member may see, the latest activity first unless sorted otherwise."""

    name, title, section, caption = "deals", _("Opportunities"), "", _("Opportunities")
    about = {
        PARTNER: _("What your organisation is selling, and how far it has come."),
        VENDOR: _("What partners are selling and share with you."),
    }
    counted = ngettext_lazy("%(number)s opportunity", "%(number)s opportunities", "count")
    kept, page_name, permission, filter_class = DEALS, "deals:deals", DEALS_VIEW, DealFilter
    new = ("deals:new-deal", _("New deal"))
    default_order, live = "-updated", "deal"
    columns = (
        Column("name", _("Name"), always=True, cell=cell.Link("name", "company.name", to=Deal.urls)),
        Column("status", _("Status"), css="state", cell=cell.Status("status", DealStatus, DEAL_TONES)),
        Column("stage", _("Stage"), css="mid", cell=cell.Text("get_stage_display")),
        Column("value", _("Value"), css="amount", cell=cell.Money("value")),
        Column("close", _("Close date"), "close_date", cell=cell.Day("close_date")),
        Column("partner", _("Partner"), css="mid", side=VENDOR, cell=cell.Text("partner.name")),
        Column("type", pgettext_lazy("of a deal", "Type"), css="late", cell=cell.Text("get_type_display")),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
    )
    nothing_found = Blank("search", _("No opportunity matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank(
        *("deal", _("No opportunities yet")),
        {
            PARTNER: _("Open a deal for each sale that may be: it shows what is due, and who works on it."),
            VENDOR: _("When a partner shares a deal with you, it appears here."),
        },
    )
