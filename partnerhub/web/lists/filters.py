"""The filters of lists: declared in a FilterSet of django-filter, the same for page, export and API.

A page leaves out what makes no sense; the API asks `is_valid()` and refuses with `errors`.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import Filter, FilterSet
from django_filters.constants import EMPTY_VALUES

from partnerhub.web.folding import visible

TEXT_LENGTH = 200
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SWITCH = {"true": True, "false": False}
FROM_LIST: Any = {"invalid_choice": gettext_lazy("Choose from the list.")}
Choices = Sequence[tuple[str, str | Promise]]


class TextField(forms.Field):
    """What somebody looks for. Any character may be typed: folding takes out what cannot be searched for."""

    def __init__(self, *, longest: int = TEXT_LENGTH, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def clean(self, value: str | None) -> str:
        text = visible(value or "").strip()
        if len(text) > self.longest:
            message = _("Search for at most %(longest)s characters.") % {"longest": self.longest}
            raise ValidationError(message, code="max_length")
        return text


class WordsField(forms.MultipleChoiceField):
    """Any number of words out of a list, each once; unknown ones are refused."""

    default_error_messages = FROM_LIST

    def clean(self, value: Any) -> list[str]:
        return list(super().clean([word for word in dict.fromkeys(value or []) if word]))


class WordField(forms.ChoiceField):
    """One word out of a list."""

    default_error_messages = FROM_LIST


class KeyField(forms.Field):
    """The id of a record, or one of a few words that stand for others."""

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
        if value and value not in SWITCH:
            raise ValidationError(FROM_LIST["invalid_choice"], code="invalid_choice")
        return SWITCH.get(value or "")


class DayField(forms.Field):
    """A day as RFC 3339 writes it. `after`: the field with the first day of the same span."""

    widget = forms.DateInput

    def __init__(self, *, after: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.after = after

    def clean(self, value: str | None) -> date | None:
        if not value:
            return None
        try:
            if DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise ValidationError(_("Enter a date."), code="invalid")


class ListForm(forms.Form):
    """The checked parameters of a list."""

    def clean(self) -> dict[str, Any]:
        """The last day of a span is not before its first."""
        chosen = self.cleaned_data
        for name, field in self.fields.items():
            first, last = chosen.get(getattr(field, "after", "")), chosen.get(name)
            if first and last and first > last:
                self.add_error(name, _("The last day is before the first."))
        return chosen


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

    Its choices stand with it, or the FilterSet offers them (`offered`).
    """

    single = True
    takes_choices = True

    def __init__(self, field_name: str | None = None, *, drawn: bool = True, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
        self.drawn = drawn

    @property
    def field(self) -> forms.Field:
        if self.takes_choices and "choices" not in self.extra:
            self.extra["choices"] = self.parent.offered(self.parent.name_of(self))
        return super().field

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
    schema = {"type": "boolean"}


class KeyFilter(MenuFilter):
    """The id of a record that the rows point to, or one of a few `words`, which its method knows."""

    field_class = KeyField
    takes_choices = False

    @property
    def schema(self) -> dict[str, Any]:
        key, words = {"type": "string", "format": "uuid"}, list(self.extra.get("words", ()))
        return {"anyOf": [key, {"type": "string", "enum": words}]} if words else key


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


class ListFilter(FilterSet):
    """Narrows the rows of a list by the parameters of an address. `request` has the `membership` of who asks."""

    class Meta:
        form = ListForm

    def __init__(self, data: Any = None, queryset: Any = None, *, request: Any = None, prefix: Any = None) -> None:
        super().__init__(data, queryset, request=request, prefix=prefix)
        for name in self.not_for(request.membership):
            del self.filters[name]

    def not_for(self, membership: Any) -> Iterable[str]:
        """The filters that this member does not have."""
        return ()

    @property
    def chosen(self) -> dict[str, Any]:
        """The valid filters that are set: parameter → value."""
        values = self.form.cleaned_data if self.form.errors or self.is_valid() else {}
        return {name: value for name, value in values.items() if value not in EMPTY_VALUES}

    def offered(self, name: str) -> Choices:
        """The choices of a filter that only a look at the tenant can tell."""
        raise NotImplementedError(name)

    def words_of(self, name: str, value: Any) -> str:
        """The chosen value, for people."""
        one = self.filters[name]
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        words = {str(key): str(text) for key, text in self.choices_of(name)}
        values = value if isinstance(value, list) else [value]
        return ", ".join(words.get(str(key), str(key)) for key in values) if isinstance(one, MenuFilter) else ""

    def choices_of(self, name: str) -> Choices:
        """What the filter's menu offers."""
        one = self.filters[name]
        if isinstance(one, SwitchFilter):
            return [("true", _("Yes")), ("false", _("No"))]
        return one.extra["choices"] if "choices" in one.extra else self.offered(name)

    def name_of(self, one: Filter) -> str:
        return next(name for name, found in self.filters.items() if found is one)


def midnight(day: date) -> datetime:
    """The moment at which the day begins in the reader's zone."""
    return datetime.combine(day, time(), get_current_timezone())
