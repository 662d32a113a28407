"""The list of deals, with its views."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from deals.models import Deal
from deals.search import DEAL_SEARCH
from deals.selectors.deals import deals_of, deals_seen_by
from deals.services.deals import DEALS
from deals.states.deals import DEAL_TONES, IS_CLOSED, DealStage, DealStatus, DealType
from partnerhub.roles import DEALS_MANAGE, DEALS_VIEW, PARTNER, VENDOR
from partnerhub.web.finding import Findable
from partnerhub.web.lists import Blank, Column, ListFilter, ListOf
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.filters import SearchFilter, WordFilter, WordsFilter
from partnerhub.web.lists.filters.derived import days
from partnerhub.web.visibility import EVERYTHING, Among, Before, Rule, Since, Some

HOW_MANY_REGISTERED = (("0", _("None")), ("1", _("One")), ("more", _("Two or more")))
VIEWS = (("mine", _("My opportunities")), ("open", pgettext_lazy("deals", "Open")), ("closed", _("Closed")))


class DealFilter(ListFilter):
    q = SearchFilter(
        label=_("Search opportunities"),
        placeholder=_("Name, company or CRM id"),
        help_text="Parts of words of name, company or CRM id; accents do not matter.",
    )
    view = WordFilter(method="of_view", label=_("View"), choices=VIEWS, drawn=False, help_text="One of the views.")
    status = WordsFilter(label=_("Status"), choices=DealStatus.choices, help_text="How it stands, one or more.")
    stage = WordsFilter(
        label=_("Stage"),
        choices=[(str(one.value), one.label) for one in DealStage],
        help_text="In percent, one or more.",
    )
    type = WordsFilter(label=pgettext_lazy("of a deal", "Type"), choices=DealType.choices, help_text="One or more.")
    registrations = WordsFilter(
        method="with_registrations",
        label=_("Number of active deal registrations"),
        choices=HOW_MANY_REGISTERED,
        help_text="0, 1, or `more`: two at least. One or more.",
    )
    close_from, close_to = days("close", "close_date", _("Close date"), moments=False).values()

    def with_registrations(self, rows: QuerySet[Deal], name: str, value: Sequence[str]) -> QuerySet[Deal]:
        return rows.filter(self._registered(value).lookup())

    def of_view(self, rows: QuerySet[Deal], name: str, value: str) -> QuerySet[Deal]:
        return rows.filter(self._of_view(value).lookup())

    def _of_view(self, view: str) -> Rule:
        if view == "mine":
            return deals_of(self.request.membership)
        states = IS_CLOSED if view == "closed" else [one for one in DealStatus if one not in IS_CLOSED]
        return Among("status", tuple(one.value for one in states))

    def _registered(self, chosen: Sequence[str]) -> Rule:
        exact = tuple(int(one) for one in chosen if one != "more")
        more = [Since("active_registrations", 2)] if "more" in chosen else []
        return Some.of(Among("active_registrations", exact), *more)

    @property
    def rule(self) -> Rule:
        """What the filters leave, whatever words are looked for."""
        chosen, rule = self.chosen, self._of_view(self.chosen["view"]) if "view" in self.chosen else EVERYTHING
        for name in ("status", "stage", "type"):
            rule &= Among(name, tuple(chosen[name])) if name in chosen else EVERYTHING
        rule &= self._registered(chosen["registrations"]) if "registrations" in chosen else EVERYTHING
        rule &= Since("close_date", chosen["close_from"]) if "close_from" in chosen else EVERYTHING
        last = chosen.get("close_to", date.max)
        return rule if last == date.max else rule & Before("close_date", last + timedelta(days=1))


NO_MATCH = Blank("search", _("No opportunity matches"), _("Nothing was found with these filters."))
NONE_YET = Blank(
    *("deal", _("No opportunities yet")),
    {
        PARTNER: _("Open a deal for each sale that may be: it shows what is due, and who works on it."),
        VENDOR: _("When a partner shares a deal with you, it appears here."),
    },
)
NONE_OF_MINE = Blank(
    *("deal", _("You have no opportunities yet")),
    {
        DEALS_MANAGE: _("Open the first one with New deal. What colleagues open with you in the team is here, too."),
        PARTNER: _("What colleagues open with you in the team appears here."),
    },
)


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
        Column(
            "registrations",
            _("Number of active deal registrations"),
            css="late",
            cell=cell.Number("active_registrations"),
        ),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
    )
    nothing_found, nothing_yet, searched = NO_MATCH, NONE_YET, DEAL_SEARCH

    def rule(self) -> Rule:
        asked = cast(DealFilter, self.filters).rule if self.is_asked else EVERYTHING
        return deals_seen_by(self.membership) & asked

    @property
    def narrowed_to(self) -> Mapping[str, object]:
        return {} if self.chosen == {"view": "mine"} else super().narrowed_to

    def said_empty(self) -> Blank:
        return NONE_OF_MINE if "view" in self.chosen and not self.narrowed_to else super().said_empty()


FOUND_DEAL = Findable("deal", DealList, "deals:deals", Deal.urls, "name", lambda deal: deal.company.name)
