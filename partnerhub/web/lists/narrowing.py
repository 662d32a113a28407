"""What narrows a list, on its page: the search box, a menu for each filter, and what is wrong with the days."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_filters import Filter

from partnerhub.web.formats import days_text
from partnerhub.web.lists.controls import (
    Choice,
    box_choices,
    box_menu,
    day_menu,
    fetched_menu,
    hidden_inputs,
    link_choices,
    link_menu,
)
from partnerhub.web.lists.declaring import ListOf
from partnerhub.web.lists.filters import DayFilter, MenuFilter, SearchFilter
from partnerhub.web.lists.links import CHOOSE, Address


class Narrowing:
    """What templates/components/list/narrowing.html draws of a list beside its views."""

    of: ListOf

    @cached_property
    def address(self) -> Address:
        """Of the list as it is."""
        raise NotImplementedError

    @property
    def is_narrowed(self) -> bool:
        return bool(self.of.narrowed_to)

    @property
    def clear_words(self) -> str:
        return _("Clear filters") if self.menus else _("Clear search")

    @cached_property
    def search(self) -> dict[str, Any] | None:
        name, one = self.of.search_box
        if one is None:
            return None
        words = {"label": str(one.label), "placeholder": str(one.placeholder), "longest": one.longest}
        return {"name": name, "value": self.of.chosen.get(name, "")} | words

    @property
    def kept(self) -> SafeString:
        """What the filters' form carries along: all that none of its own fields holds."""
        drawn = (name for name, one in self.of.filters.filters.items() if _is_field(one))
        return hidden_inputs(self.address.hidden(*drawn))

    @cached_property
    def menus(self) -> list[SafeString]:
        """A menu for each filter that has choices for this member, and one for each span of days."""
        menus = []
        for name, one in self.of.filters.filters.items():
            if isinstance(one, MenuFilter) and one.drawn and (one.is_fetched or self.of.filters.choices_of(name)):
                menus.append(self._menu(name, one))
            elif isinstance(one, DayFilter) and one.is_last:
                menus.append(self._days(one.extra["after"], name, one))
        return menus

    def chosen_of(self, name: str) -> Any:
        """What a menu shows as chosen."""
        return self.of.chosen.get(name)

    def url_to(self, menu: str) -> str:
        """Where one of the menus is fetched, and stands on a page of its own."""
        return self.address.same_with(**{CHOOSE: menu})

    def _menu(self, name: str, one: MenuFilter) -> SafeString:
        value = self.chosen_of(name)
        words = self.of.filters.words_of(name, value) if _as_list(value) else ""
        if one.is_fetched:
            held = [] if one.single else _as_list(value)  # of a single choice the form carries it along
            return fetched_menu(name, one.label, words, held, self.url_to(name))
        drawn = link_menu if one.single else box_menu
        return drawn(name, one.label, words, self.choices_of(name, one))

    def choices_of(self, name: str, one: MenuFilter) -> SafeString:
        """What stands in the menu of a filter."""
        typed = [str(word).lower() if isinstance(word, bool) else str(word) for word in _as_list(self.chosen_of(name))]
        choices: list[Choice] = [(key, words, str(key) in typed) for key, words in self.of.filters.choices_of(name)]
        clear_url = self.address.without(name) if name in self.of.chosen else ""
        if not one.single:
            return box_choices(name, one.label, choices, clear_url)
        before = self.address.before(name)
        links = ((before + urlencode({name: key}), text, is_chosen) for key, text, is_chosen in choices)
        return link_choices(one.label, links, clear_url)

    def _days(self, first: str, last: str, one: DayFilter) -> SafeString:
        days = [self.of.chosen.get(name) for name in (first, last)]
        named = list(zip((first, last), days, strict=True))
        return day_menu(one.menu, days_text(*days), named, self.address.without(first, last))

    @property
    def problem(self) -> str:
        """Why the last day of a span is left out."""
        if not self.of.is_asked:
            return ""
        lasts = (name for name, one in self.of.filters.filters.items() if isinstance(one, DayFilter) and one.is_last)
        errors = self.of.filters.errors
        return " ".join(str(text) for name in lasts for text in errors.get(name, ()))


def _is_field(one: Filter) -> bool:
    """Whether the filter is a field of the form; others are links, or stand in the address alone."""
    if isinstance(one, MenuFilter):
        return one.drawn and not one.single
    return isinstance(one, DayFilter | SearchFilter)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
