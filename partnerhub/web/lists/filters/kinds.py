"""The kinds of filters: words that are looked for, menus, switches, ids, days."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone
from django_filters import Filter

from partnerhub.web.lists.filters.fields import (
    TEXT_LENGTH,
    DayField,
    KeyField,
    KeysField,
    SwitchField,
    TextField,
    WordField,
    WordsField,
)


class SearchFilter(Filter):
    """The words that are looked for, in the list's search box.

    Without a field or method of its own the list finds them: it has to know its order, and where the page lies.
    """

    field_class = TextField

    def __init__(self, field_name: str | None = None, *, placeholder: str | Promise = "", **kwargs: Any) -> None:
        self.is_found_by_list = field_name is None and "method" not in kwargs
        super().__init__(field_name, **kwargs)
        self.placeholder = placeholder

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs if self.is_found_by_list else super().filter(qs, value)

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.longest}

    @property
    def longest(self) -> int:
        return int(self.extra.get("longest", TEXT_LENGTH))


class MenuFilter(Filter):
    """A filter that is a menu on the page, if it is `drawn`.

    Its choices stand with it, or the FilterSet offers them (`offered`): then the tenant has to be looked at for them,
    and the page fetches them when they are wanted (`is_fetched`).
    """

    single = True
    takes_choices = True
    is_settled = False
    """Whether the choices are the same for everybody, though none stand with it."""

    def __init__(self, field_name: str | None = None, *, drawn: bool = True, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
        self.drawn = drawn
        self.is_fetched = not self.is_settled and "choices" not in kwargs

    @property
    def field(self) -> forms.Field:
        """Its choices are looked up where the address names one: else there is nothing to check."""
        if not self.takes_choices or "choices" in self.extra:
            return self._made()
        name = self.parent.name_of(self)
        is_asked = name in self.parent.data
        self.extra["choices"] = self.parent.offered(name) if is_asked else ()
        field = self._made()
        if not is_asked:
            del self.extra["choices"]
        return field

    def _made(self) -> forms.Field:
        field: forms.Field = super().field
        return field

    @property
    def schema(self) -> dict[str, Any]:
        """The parameter, as the API's description has it. A choice of the tenant's is any word."""
        words = [key for key, _words in self.extra.get("choices", ())]
        return {"type": "string"} | ({"enum": words} if words else {})


class WordsFilter(MenuFilter):
    """One or more words out of a list."""

    field_class = WordsField
    single = False

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(field_name, lookup_expr="in", **kwargs)

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": super().schema}


class WordFilter(MenuFilter):
    """One word out of a list."""

    field_class = WordField


class SwitchFilter(MenuFilter):
    """Yes or no."""

    field_class = SwitchField
    takes_choices = False
    is_settled = True
    schema = {"type": "boolean"}


class KeyFilter(MenuFilter):
    """The id of a record that the rows point to, or one of a few `words`, which its method knows."""

    field_class: type[forms.Field] = KeyField
    takes_choices = False

    @property
    def schema(self) -> dict[str, Any]:
        key, words = {"type": "string", "format": "uuid"}, list(self.extra.get("words", ()))
        return {"anyOf": [key, {"type": "string", "enum": words}]} if words else key


class KeysFilter(KeyFilter):
    """The ids of one or more records that the rows point to."""

    field_class = KeysField
    single = False

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, lookup_expr="in", **kwargs)

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": super().schema}


class DayFilter(Filter):
    """The first or the last day of a span, both included, in the reader's zone. `menu`: the words over the two.

    `after`: the filter with the first day, which makes this the last one. `moments`: the field holds moments.
    """

    field_class = DayField
    schema = {"type": "string", "format": "date"}

    def __init__(self, field_name: str, *, menu: str | Promise, moments: bool = True, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
        self.menu = menu
        self.moments = moments

    @property
    def is_last(self) -> bool:
        return bool(self.extra.get("after"))

    def filter(self, qs: QuerySet[Any], value: date | None) -> QuerySet[Any]:
        if value is None or (self.is_last and value == date.max):
            return qs
        if not self.moments:
            return qs.filter(**{f"{self.field_name}__{'lte' if self.is_last else 'gte'}": value})
        begins = midnight(value + timedelta(days=1) if self.is_last else value)
        return qs.filter(**{f"{self.field_name}__{'lt' if self.is_last else 'gte'}": begins})


def midnight(day: date) -> datetime:
    """The moment at which the day begins in the reader's zone."""
    return datetime.combine(day, time(), get_current_timezone())
