"""Which referrals a list shows: by plan and by day; the same for the page, its files and the API."""

from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leads.models import Program
from partnerhub.web.lists.filters import Choices, ListFilter, WordsFilter
from partnerhub.web.lists.filters.derived import days
from referrals.models import Referral


class ReferralFilter(ListFilter):
    plan = WordsFilter(
        label=_("Plan"),
        method="of_plans",
        help_text="Slugs of programs, one or more.",
        error_messages={"invalid_choice": _("There is no such program.")},
    )
    date_from, date_to = days("date", "happened_on", _("Date"), moments=False).values()

    @cached_property
    def programs(self) -> list[Program]:
        """All programs, those that take no more leads too: the history goes back."""
        return list(Program.objects.order_by("position"))

    def offered(self, name: str) -> Choices:
        return [(program.slug, program.name) for program in self.programs]

    def of_plans(self, rows: QuerySet[Referral], name: str, value: list[str]) -> QuerySet[Referral]:
        return rows.filter(program__in=[program.pk for program in self.programs if program.slug in value])
