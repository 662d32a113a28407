"""The list of partners."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partnerhub.partners.models import Partner, Rate
from partnerhub.partners.selectors import named_for, seen_partners, with_words
from partnerhub.partners.states import TONES, Status
from partnerhub.roles import PARTNERS_VIEW, PROGRAMS_MANAGE
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.finding import Findable
from partnerhub.web.formats import decimal_text
from partnerhub.web.lists import Blank, Column, ListFilter, ListOf
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.filters import SearchFilter, SwitchFilter, WordFilter
from partnerhub.web.money import CODES


class PartnerFilter(ListFilter):
    q = SearchFilter(
        label=_("Search partners"),
        placeholder=_("Name or website"),
        method="by_words",
        help_text="Parts of name or website.",
    )
    status = WordFilter(label=_("Status"), choices=Status.choices, help_text="How the partner stands.")

    mine = SwitchFilter(
        label=_("Mine"), method="of_mine", help_text="Those that name you, or whom you cover, as a channel manager."
    )

    def of_mine(self, rows: QuerySet[Partner], name: str, value: bool) -> QuerySet[Partner]:
        named = named_for(self.request.membership).lookup()
        return rows.filter(named) if value else rows.exclude(named)

    def by_words(self, rows: QuerySet[Partner], name: str, value: str) -> QuerySet[Partner]:
        return with_words(rows, value)


class PartnerList(ListOf):
    """The partners of the programme, by name unless sorted otherwise."""

    name, title, section = "partners", _("Partners"), ""
    about = _("The organisations enrolled in the partner programme of %(name)s.")
    said = {"name": lambda _member: current_tenant().name}
    counted = ngettext_lazy("%(number)s partner", "%(number)s partners", "count")
    page_name = "accounts:partners"
    permission = PARTNERS_VIEW
    filter_class = PartnerFilter
    default_order = "partner"
    live = "partner"
    columns = (
        Column("partner", _("Partner"), "name_key", always=True, cell=cell.Link("name", to=Partner.urls)),
        Column("status", _("Status"), css="state", cell=cell.Status("status", Status, TONES)),
        Column("country", _("Country"), css="mid", cell=cell.Text("country.name")),
        Column("website", _("Website"), css="late", cell=cell.Outside("website", where="website")),
        Column("since", _("Partner since"), "created_at", cell=cell.Day("created_at")),
        Column("updated", _("Updated"), "updated_at", css="late", shown=False, cell=cell.Ago("updated_at")),
    )
    nothing_found = Blank(
        "search",
        _("No partner matches"),
        _("Nothing was found like this. Part of a word is enough, and accents do not matter."),
    )
    nothing_yet = Blank(
        "people",
        _("No partners yet"),
        _("Enrol the first one: its first person gets an invitation by mail and can invite the others."),
    )

    def rows(self) -> QuerySet[Any]:
        return seen_partners(self.membership)


FINDABLE = Findable(
    "partner", PartnerList, "accounts:partners", Partner.urls, "name", lambda partner: str(Status(partner.status).label)
)


class RateFilter(ListFilter):
    source = WordFilter(choices=[(code, code) for code in CODES], drawn=False, help_text="ISO 4217.")
    target = WordFilter(choices=[(code, code) for code in CODES], drawn=False, help_text="ISO 4217.")


class RateList(ListOf):
    """The rates of exchange, the newest first unless sorted otherwise."""

    name, title, section = "rates", _("Exchange rates"), _("Programme")
    page_name = "accounts:rates"
    about = _("What one currency was worth in another. For a day counts the newest rate that is not later.")
    counted = ngettext_lazy("%(number)s rate", "%(number)s rates", "count")
    permission = PROGRAMS_MANAGE
    filter_class = RateFilter
    default_order, changed = "-day", ""
    columns = (
        Column("pair", _("Currencies"), always=True, cell=cell.Text(lambda rate: f"{rate.source} → {rate.target}")),
        Column("rate", _("Rate"), css="amount num", cell=cell.Text(lambda rate: decimal_text(rate.rate, decimals=10))),
        Column("day", _("Day"), "day", cell=cell.Day("day")),
    )
    nothing_found = Blank("search", _("No rate matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("coins", _("No rates yet"), _("Enter the first one."))

    def rows(self) -> QuerySet[Any]:
        return Rate.objects.all()
