"""Which events the audit log shows; the same for the page, its files and the API."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.events.models import Event
from partnerhub.events.words import GROUPS, KindChoices, group_choices, kind_words
from partnerhub.web.lists.filters import Choices, DayFilter, ListFilter, SearchFilter, WordFilter

LONGEST_WORD = 100


class AuditFilter(ListFilter):
    person = SearchFilter(
        label=_("Search by person"),
        placeholder=_("Who did it"),
        longest=LONGEST_WORD,
        method="by_person",
        help_text="Part of the actor's name.",
    )
    kind = WordFilter(
        label=_("Kind"),
        choices=KindChoices(),
        method="of_kind",
        help_text="A kind, or its first part for all of a group.",
    )
    since = DayFilter("occurred_at", menu=_("When"), label=pgettext_lazy("day", "From"))
    until = DayFilter("occurred_at", menu=_("When"), label=pgettext_lazy("day", "To"), after="since")

    def by_person(self, rows: QuerySet[Event], name: str, value: str) -> QuerySet[Event]:
        return rows.filter(Q(actor_name__icontains=value) | Q(token_maker__icontains=value))

    def of_kind(self, rows: QuerySet[Event], name: str, value: str) -> QuerySet[Event]:
        return rows.filter(Q(kind=value) | Q(kind__startswith=f"{value}."))

    def choices_of(self, name: str) -> Choices:
        """The menu has the groups; a single kind has to be in the address."""
        return group_choices() if name == "kind" else super().choices_of(name)

    def words_of(self, name: str, value: Any) -> str:
        return str(GROUPS.get(value, kind_words(value))) if name == "kind" else super().words_of(name, value)
