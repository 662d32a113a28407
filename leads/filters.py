"""Which leads a list shows: the filters of *Submitted leads*, the same for the page, the export and the API."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property, partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import Filter, FilterSet

from leads.models import Lead, Program
from leads.selectors import Choice, listed_leads, listed_rows, searched
from leads.selectors.held import unkept
from leads.states import LISTED, Status
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.roles import VENDOR
from partnerhub.web.folding import fold, visible
from partnerhub.web.formats import days_text, typed_day_text
from partnerhub.web.lists import DEFAULT_SIZE, Cursor, Narrow, Order, Page, cursor_at, page_by, page_of

NOBODY = "none"
LEFT = "left"
TEXT_LENGTH = 200
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SWITCH = {"true": True, "false": False}
EMPTY: tuple[Any, ...] = (None, "", [])
SAME = ("status", "representative", "sales_support", "partner")
LOOKUPS = {
    "status": "status__in",
    "program": "program__in",
    "representative": "representative",
    "sales_support": "sales_support",
    "partner": "partner",
    "submitted_from": "submitted_at__gte",
    "submitted_before": "submitted_at__lt",
}


class WordsField(forms.Field):
    """Any number of words out of a list; unknown ones are refused."""

    widget = forms.SelectMultiple

    def __init__(self, *, words: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = frozenset(words)

    def clean(self, value: list[str] | None) -> list[str]:
        chosen = [word for word in dict.fromkeys(value or []) if word]
        if self.words and not self.words.issuperset(chosen):
            raise ValidationError(_("Choose from the list."), code="invalid_choice")
        return chosen


class KeyField(forms.Field):
    """The id of a record, or a word that stands for none of them."""

    def __init__(self, *, words: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = frozenset(words)

    def clean(self, value: str | None) -> str:
        if not value or value in self.words:
            return value or ""
        try:
            return str(UUID(value))
        except ValueError:
            raise ValidationError(_("This is not an id."), code="invalid") from None


class SwitchField(forms.Field):
    """`true` or `false`."""

    def clean(self, value: str | None) -> bool | None:
        if not value:
            return None
        if value not in SWITCH:
            raise ValidationError(_("Choose from the list."), code="invalid_choice")
        return SWITCH[value]


class DayField(forms.Field):
    """A day as RFC 3339 writes it."""

    widget = forms.DateInput

    def clean(self, value: str | None) -> date | None:
        if not value:
            return None
        try:
            if DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise ValidationError(_("Enter a date."), code="invalid")


class TextField(forms.Field):
    """What somebody looks for. Any character may be typed: folding takes out what cannot be searched for."""

    def clean(self, value: str | None) -> str:
        text = visible(value or "").strip()
        if len(text) > TEXT_LENGTH:
            raise ValidationError(_("Search for at most 200 characters."), code="max_length")
        return text


class WordsFilter(Filter):
    field_class = WordsField


class KeyFilter(Filter):
    field_class = KeyField


class SwitchFilter(Filter):
    field_class = SwitchField


class DayFilter(Filter):
    field_class = DayField


class TextFilter(Filter):
    field_class = TextField


class LeadFilter(FilterSet):
    """Narrows the submitted leads that a member may see by the parameters of an address.

    The page leaves out what is not valid; the API asks `is_valid()` and refuses with `errors`. `programs` and
    `representatives` may be handed in where the page has them anyway; otherwise they are read when a filter asks.
    """

    q = TextFilter(label=gettext_lazy("Search leads"))
    status = WordsFilter(words=[status.value for status in LISTED], label=gettext_lazy("Status"))
    program = WordsFilter(label=gettext_lazy("Program"))
    representative = KeyFilter(words=[NOBODY, LEFT], label=gettext_lazy("Representative"))
    sales_support = SwitchFilter(label=gettext_lazy("Sales support"))
    submitted_from = DayFilter(label=gettext_lazy("Submitted from"))
    submitted_to = DayFilter(label=gettext_lazy("Submitted to"))
    partner = KeyFilter(label=gettext_lazy("Partner"))

    def __init__(
        self,
        data: Mapping[str, Any],
        membership: Any,
        *,
        programs: Sequence[Choice] | None = None,
        representatives: Sequence[Choice] | None = None,
    ) -> None:
        self.data = data
        self.is_bound, self.request, self.form_prefix = True, None, None
        self.filters = self.base_filters  # FilterSet's own start makes a copy, to change it; nothing is changed here
        self.membership = membership
        self._programs = programs
        self._representatives = representatives

    @cached_property
    def queryset(self) -> QuerySet[Lead]:
        """All that the member's list can show, before any filter."""
        return listed_leads(self.membership)

    @classmethod
    def names(cls) -> list[str]:
        """The parameters, as addresses write them."""
        return list(cls.base_filters)

    @classmethod
    @cache
    def get_form_class(cls) -> type[forms.Form]:
        """One form class per process: making one costs more than the whole check of an address."""
        return type("LeadFilterForm", (forms.Form,), {name: item.field for name, item in cls.base_filters.items()})

    @cached_property
    def form(self) -> forms.Form:
        """The checked parameters. Adds what only a look at the tenant or the seat can tell."""
        form = self.get_form_class()(self.data)
        if form.is_valid() or form.errors:
            self._check(form)
        return form

    def is_valid(self) -> bool:
        """Whether every parameter makes sense. An address without filters is not looked at any further."""
        return not self._is_used or not self.form.errors

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The valid filters that are set: parameter → value."""
        if not self._is_used:
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if value not in EMPTY}

    @property
    def text(self) -> str:
        """What is searched for."""
        return str(self.chosen.get("q", ""))

    @property
    def is_searched(self) -> bool:
        """Whether the text has to be looked for by `search`."""
        return bool(self.text) and self.chosen.get("representative") != LEFT

    @cached_property
    def narrowed(self) -> dict[str, Any]:
        """The filters as plain JSON, in the words of the search function."""
        chosen = self.chosen
        narrowed = {name: chosen[name] for name in SAME if name in chosen}
        if "program" in chosen:
            narrowed["program"] = [str(program.pk) for program in self._chosen_programs]
        if "submitted_from" in chosen:
            narrowed["submitted_from"] = _midnight(chosen["submitted_from"])
        if "submitted_to" in chosen and chosen["submitted_to"] < date.max:
            narrowed["submitted_before"] = _midnight(chosen["submitted_to"] + timedelta(days=1))
        return narrowed

    def filter_queryset(self, queryset: QuerySet[Lead]) -> QuerySet[Lead]:
        """Everything but the text, which has to know the order and the page: see `page`. Leads that nobody looks after
        are few, and narrowed by it here.
        """
        lookups = {LOOKUPS[name]: value for name, value in self.narrowed.items()}
        match self.narrowed.get("representative"):
            case "none":
                lookups["representative"] = None
            case "left":
                del lookups["representative"]
                queryset = _with_words(queryset.filter(unkept(self.membership)), self.text)
        return queryset.filter(**lookups) if lookups else queryset

    @property
    def qs(self) -> QuerySet[Lead]:
        return self.filter_queryset(self.queryset)

    def page(self, order: Order, columns: Sequence[str], *, cursor: str = "", size: int = DEFAULT_SIZE) -> Page:
        """One page of the leads found: these columns of theirs, which include the one that rules the order.

        The page is found in the leads alone, by one statement, with a text or without; who is on it is asked for by
        `names_on`.
        """
        if not self.chosen:
            at = cursor_at(self.queryset, order, cursor) if cursor else None
            return page_by(partial(listed_rows, self.membership, tuple(columns), order, at), order, at, size)
        rows: QuerySet[Any] = self.qs.values_list(*columns, named=True)
        return page_of(rows, order, cursor=cursor, size=size, narrow=self.search(order) if self.is_searched else None)

    def search(self, order: Order) -> Narrow:
        """Narrows rows to those with the text, as `page_of` asks for it."""

        def narrow(rows: QuerySet[Lead], at: Cursor | None, descending: bool, limit: int) -> QuerySet[Lead]:
            return searched(
                rows, self.membership, self.text, self.narrowed, order, at, descending=descending, limit=limit
            )

        return narrow

    @cached_property
    def active(self) -> list[tuple[str, str, str]]:
        """The filters that are set, for people: label, value, and the parameter that clearing takes away."""
        return [
            (str(self.base_filters[name].label), self._words(name, value), name)
            for name, value in self.chosen.items()
            if name != "q"
        ]

    @property
    def day_words(self) -> str:
        """The days that are asked for, in words."""
        return days_text(self.chosen.get("submitted_from"), self.chosen.get("submitted_to"))

    @property
    def day_problem(self) -> str:
        """Why one of the two days is left out."""
        return " ".join(map(str, self.form.errors.get("submitted_to", ()))) if "submitted_from" in self.chosen else ""

    @cached_property
    def _is_used(self) -> bool:
        return any(name in self.data for name in self.base_filters)

    def _check(self, form: forms.Form) -> None:
        chosen = form.cleaned_data
        if chosen.get("program"):
            self._chosen_programs = [row for row in self._all_programs() if row.slug in chosen["program"]]
            if len(self._chosen_programs) < len(chosen["program"]):
                form.add_error("program", _("There is no such program."))
        if chosen.get("partner") and self.membership.side != VENDOR:
            form.add_error("partner", _("Your list has the leads of your own organisation only."))
        first, last = chosen.get("submitted_from"), chosen.get("submitted_to")
        if first and last and first > last:
            form.add_error("submitted_to", _("The last day is before the first."))

    def _all_programs(self) -> Iterable[Program | Choice]:
        return Program.objects.order_by("position") if self._programs is None else self._programs

    def _words(self, name: str, value: Any) -> str:
        match name:
            case "status":
                return ", ".join(str(Status(word).label) for word in value)
            case "program":
                return ", ".join(program.name for program in self._chosen_programs)
            case "sales_support":
                return _("Yes") if value else _("No")
            case "representative":
                return self._name_of(value)
            case "partner":
                return next((partner.name for partner in Partner.objects.filter(pk=value)), value)
            case _:
                return typed_day_text(value)

    def _name_of(self, member: str) -> str:
        if member in {NOBODY, LEFT}:
            return _("Nobody") if member == NOBODY else _("Nobody looks after it")
        rows = self._representatives
        if rows is None:
            rows = list(Membership.objects.filter(pk=member, partner=None).select_related("user"))
        return next((row.name for row in rows if str(row.pk) == member), member)


def _with_words(rows: QuerySet[Lead], text: str) -> QuerySet[Lead]:
    for word in fold(text).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def _midnight(day: date) -> str:
    """The moment at which the day begins in the person's zone."""
    return datetime.combine(day, time(), get_current_timezone()).isoformat()
