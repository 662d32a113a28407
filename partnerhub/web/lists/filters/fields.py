"""The fields of filters: what a parameter of an address may hold, as the API says it and a page reads it."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerhub.web.folding import visible

TEXT_LENGTH = 200
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SWITCH = {"true": True, "false": False}
FROM_LIST = gettext_lazy("Choose from the list.")
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

    default_error_messages = {"invalid_choice": FROM_LIST}

    def clean(self, value: Sequence[str] | None) -> list[str]:
        return list(super().clean([word for word in dict.fromkeys(value or []) if word]))


class WordField(forms.ChoiceField):
    """One word out of a list."""

    default_error_messages = {"invalid_choice": FROM_LIST}


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


class KeysField(forms.Field):
    """The ids of records, each once."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Sequence[str] | None) -> list[str]:
        try:
            return [str(UUID(key)) for key in dict.fromkeys(value or []) if key]
        except ValueError:
            raise ValidationError(_("This is not an id."), code="invalid") from None


class SwitchField(forms.Field):
    """`true` or `false`."""

    def clean(self, value: str | None) -> bool | None:
        if value and value not in SWITCH:
            raise ValidationError(FROM_LIST, code="invalid_choice")
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
