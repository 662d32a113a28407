"""Which leads a list shows: the filters of *Submitted leads*, the same for the page, its files and the API."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from leads.models import Lead, Program
from leads.selectors import ProgramChoice, choices
from leads.selectors.held import unkept
from leads.states import LISTED, RANK, Status
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.partners.models import Partner
from partnerhub.roles import VENDOR
from partnerhub.web.lists.filters import (
    Choices,
    KeyFilter,
    KeysFilter,
    ListFilter,
    SearchFilter,
    SwitchFilter,
    WordFilter,
    WordsFilter,
    midnight,
)
from partnerhub.web.lists.filters.derived import days
from partnerhub.web.visibility import EVERYTHING, Among, Before, Is, Missing, Rule, Since

NOBODY = "none"
LEFT = "left"
QUEUES = {
    "unassigned": _("Unassigned"),
    "unkept": _("Nobody looks after it"),
    "mine": _("Mine"),
    "waiting": _("Waiting for partner"),
    "questioned": _("Award questioned"),
    "ours": _("Ours, with no partner"),
    "all": _("All"),
}
FIRST_QUEUE = "unassigned"


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
    overdue = SwitchFilter(label=_("Overdue"), method="of_overdue", help_text="Somebody should have answered by now.")
    submitted_from, submitted_to = days("submitted", "submitted_at", _("Submitted")).values()
    partner = KeyFilter(label=_("Partner"), drawn=False, help_text="For the vendor's side only.")

    def not_for(self, membership: Seat) -> Iterable[str]:
        return () if membership.side == VENDOR else ("partner",)

    @cached_property
    def choices(self) -> tuple[list[ProgramChoice], list[ProgramChoice]]:
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
        return rows.filter(self._of_programs(value).lookup())

    def _of_programs(self, slugs: list[str]) -> Rule:
        return Among("program_id", tuple(one.pk for one in self.programs if one.slug in slugs))

    def kept_by(self, rows: QuerySet[Lead], name: str, value: str) -> QuerySet[Lead]:
        return rows.filter(self._kept_by(value).lookup())

    def _kept_by(self, value: str) -> Rule:
        if value == LEFT:
            return self.unkept
        return Missing("representative_id") if value == NOBODY else Is("representative_id", UUID(value))

    def of_overdue(self, rows: QuerySet[Lead], name: str, value: bool) -> QuerySet[Lead]:
        return rows.filter(_overdue(value).lookup())

    @cached_property
    def unkept(self) -> Rule:
        return unkept(self.request.membership)

    @cached_property
    def rule(self) -> Rule:
        """What the filters leave, whatever words are looked for."""
        chosen = self.chosen
        rule: Rule = EVERYTHING
        for name, said in self._said().items():
            if name in chosen:
                rule &= said(chosen[name])
        return rule

    def _said(self) -> dict[str, Callable[[Any], Rule]]:
        return {
            "program": self._of_programs,
            "status": _of_states,
            "representative": self._kept_by,
            "sales_support": partial(Is, "sales_support"),
            "overdue": _overdue,
            "submitted_from": lambda day: Since("submitted_at", midnight(day)),
            "submitted_to": _until,
            "partner": lambda key: Is("partner_id", UUID(key)),
        }


def _of_states(words: list[str]) -> Rule:
    """The states, and their ranks, by which the list is ordered: so only that part of the order is walked."""
    return Among("status", tuple(words)) & Among("status_rank", tuple(RANK[Status(word)] for word in words))


def _overdue(is_overdue: bool) -> Rule:
    return Before("due_at", now()) if is_overdue else Since("due_at", now())


def _until(day: date) -> Rule:
    return EVERYTHING if day == date.max else Before("submitted_at", midnight(day + timedelta(days=1)))


class TriageFilter(ListFilter):
    """Which of the leads that wait. Programs, countries and partners are many: their menus are fetched when opened."""

    queue = WordFilter(
        label=_("Queue"),
        choices=[*QUEUES.items()],
        method="in_queue",
        help_text=f"Which leads; `{FIRST_QUEUE}` where it is left out.",
    )
    program = WordsFilter(label=_("Program"), method="of_programs", help_text="Slugs of programs, one or more.")
    country = WordsFilter("country", label=_("Country"), help_text="ISO 3166-1 codes, one or more.")
    partner = KeysFilter("partner_id", label=_("Partner"), help_text="Ids of partners, one or more.")
    sales_support = SwitchFilter(label=_("Sales support"))

    @cached_property
    def programs(self) -> list[Program]:
        return list(Program.objects.order_by("position"))

    def offered(self, name: str) -> Choices:
        return [(one.slug, one.name) for one in self.programs] if name == "program" else [*countries]

    def words_of(self, name: str, value: Any) -> str:
        if name != "partner":
            return super().words_of(name, value)
        return ", ".join(Partner.objects.filter(pk__in=value).order_by("name_key").values_list("name", flat=True))

    def in_queue(self, rows: QuerySet[Lead], name: str, value: str) -> QuerySet[Lead]:
        """The list knows its queue, with none named too."""
        return rows

    def of_programs(self, rows: QuerySet[Lead], name: str, value: list[str]) -> QuerySet[Lead]:
        """By their ids: behind row-level security a join would be planned for a nearly empty table."""
        return rows.filter(program_id__in=[one.pk for one in self.programs if one.slug in value])
