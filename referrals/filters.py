"""Which referrals a list shows: by plan and by day; the same for the page, the export and the API."""

from functools import cached_property
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from leads.filters import DayField, WordsField
from leads.models import Program
from partnerhub.web.formats import days_text
from partnerhub.web.lists import DEFAULT_SIZE, Order, Page, page_of
from referrals.models import Referral
from referrals.selectors import listed_referrals, narrowed

NAMES = ("plan", "date_from", "date_to")


class FilterForm(forms.Form):
    """The parameters, as addresses write them: `plan` is a program's slug, once or more."""

    plan = WordsField(required=False)
    date_from = DayField(required=False)
    date_to = DayField(required=False)

    def __init__(self, data: QueryDict, programs: list[Program]) -> None:
        super().__init__(data)
        self.programs = programs

    def clean_plan(self) -> list[Program]:
        slugs = self.cleaned_data["plan"]
        chosen = [program for program in self.programs if program.slug in slugs]
        if len(chosen) < len(slugs):
            raise forms.ValidationError(_("There is no such program."), code="invalid_choice")
        return chosen

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("date_from"), self.cleaned_data.get("date_to")
        if first and last and first > last:
            self.add_error("date_to", _("The last day is before the first."))
        return self.cleaned_data


class ReferralFilter:
    """Narrows the referrals that a member may see. The page leaves out what is not valid; the API refuses it."""

    def __init__(self, data: QueryDict, membership: Any) -> None:
        self.data = data
        self.membership = membership

    @cached_property
    def programs(self) -> list[Program]:
        """All programs, those that take no more leads too: the history goes back."""
        return list(Program.objects.order_by("position"))

    @cached_property
    def form(self) -> FilterForm:
        form = FilterForm(self.data, self.programs)
        form.full_clean()
        return form

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The valid filters that are set."""
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @cached_property
    def rows(self) -> QuerySet[Referral]:
        return narrowed(
            listed_referrals(self.membership),
            plans=[program.pk for program in self.chosen.get("plan", [])],
            first=self.chosen.get("date_from"),
            last=self.chosen.get("date_to"),
        )

    def page(self, order: Order, *, cursor: str = "", size: int = DEFAULT_SIZE) -> Page:
        """One page of what was found. One statement."""
        return page_of(self.rows, order, cursor=cursor, size=size)

    @property
    def plan_words(self) -> str:
        return ", ".join(program.name for program in self.chosen.get("plan", []))

    @property
    def day_words(self) -> str:
        """The days that are asked for, in words."""
        return days_text(self.chosen.get("date_from"), self.chosen.get("date_to"))
