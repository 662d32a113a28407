"""Which leads a list shows: the filters of *Submitted leads*, the same for the page, its files and the API."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leads.models import Lead, Program
from leads.selectors import Choice, choices, with_words
from leads.selectors.held import unkept
from leads.states import LISTED
from partnerhub.accounts.models import Membership
from partnerhub.roles import VENDOR
from partnerhub.web.lists.filters import (
    Choices,
    DayFilter,
    KeyFilter,
    ListFilter,
    SearchFilter,
    SwitchFilter,
    WordsFilter,
    midnight,
)

NOBODY = "none"
LEFT = "left"
SAME = ("status", "representative", "sales_support", "partner")


class LeadFilter(ListFilter):
    q = SearchFilter(
        label=_("Search leads"),
        placeholder=_("Contact, email, company, website or number"),
        help_text="The number (`L-87`), or parts of words of contact name, email, company or website.",
    )
    program = WordsFilter(
        label=_("Program"),
        method="of_programs",
        error_messages={"invalid_choice": _("There is no such program.")},
        help_text="Slugs of programs, one or more.",
    )
    status = WordsFilter(
        label=_("Status"), choices=[(one.value, one.label) for one in LISTED], help_text="One or more."
    )
    representative = KeyFilter(
        words=(NOBODY, LEFT),
        label=_("Representative"),
        method="kept_by",
        help_text=f"An id, `{NOBODY}` for leads without one, `{LEFT}` for open ones that have lost their keeper"
        " (for a partner: the owner).",
    )
    sales_support = SwitchFilter(label=_("Sales support"))
    submitted_from = DayFilter("submitted_at", menu=_("Submitted"), label=_("Submitted from"))
    submitted_to = DayFilter("submitted_at", menu=_("Submitted"), label=_("Submitted to"), after="submitted_from")
    partner = KeyFilter(label=_("Partner"), drawn=False, help_text="For the vendor's side only.")

    def not_for(self, membership: Any) -> Iterable[str]:
        return () if membership.side == VENDOR else ("partner",)

    @cached_property
    def choices(self) -> tuple[list[Choice], list[Choice]]:
        """The programs that take leads, and the representatives. One statement."""
        return choices()

    @cached_property
    def programs(self) -> list[Any]:
        """Those that an address may name: of the ones that take no leads any more, too."""
        offered, asked = self.choices[0], set(self.data.getlist("program"))
        known = asked <= {one.slug for one in offered}
        return list(offered) if known else list(Program.objects.order_by("position"))

    def offered(self, name: str) -> Choices:
        return [(one.slug, one.name) for one in self.programs]

    def choices_of(self, name: str) -> Choices:
        if name != "representative":
            return super().choices_of(name)
        people = [(str(one.pk), one.name) for one in self.choices[1]]
        return [(NOBODY, _now("Not assigned")), (LEFT, _now("Nobody looks after it")), *people]

    def words_of(self, name: str, value: Any) -> str:
        if name != "representative":
            return super().words_of(name, value)
        words = {key: str(text) for key, text in self.choices_of(name)} | {NOBODY: _now("Nobody")}
        return words[value] if value in words else self._former(value)

    def _former(self, member: str) -> str:
        rows = Membership.objects.filter(pk=member, partner=None).select_related("user")
        return next((row.name for row in rows), member)

    def of_programs(self, rows: QuerySet[Lead], name: str, value: list[str]) -> QuerySet[Lead]:
        return rows.filter(program__in=self._program_ids(value))

    def _program_ids(self, slugs: list[str]) -> list[UUID]:
        return [one.pk for one in self.programs if one.slug in slugs]

    def kept_by(self, rows: QuerySet[Lead], name: str, value: str) -> QuerySet[Lead]:
        """Leads that nobody looks after are few, and so are narrowed here by what is searched for too."""
        if value == LEFT:
            return with_words(rows.filter(unkept(self.request.membership)), self.form.cleaned_data.get("q", ""))
        return rows.filter(representative=None if value == NOBODY else UUID(value))

    @cached_property
    def narrowed(self) -> dict[str, Any]:
        """The filters as plain JSON, in the words of the search function."""
        chosen = self.chosen
        narrowed = {name: chosen[name] for name in SAME if name in chosen}
        if "program" in chosen:
            narrowed["program"] = [str(key) for key in self._program_ids(chosen["program"])]
        if "submitted_from" in chosen:
            narrowed["submitted_from"] = midnight(chosen["submitted_from"]).isoformat()
        if "submitted_to" in chosen and chosen["submitted_to"] < date.max:
            narrowed["submitted_before"] = midnight(chosen["submitted_to"] + timedelta(days=1)).isoformat()
        return narrowed
