"""The filters of lists: declared in a FilterSet of django-filter, the same for page, export and API.

A page leaves out what makes no sense; the API asks `is_valid()` and refuses with `errors`.
"""

from partnerhub.web.lists.filters.fields import TEXT_LENGTH, Choices, DayField, KeyField, ListForm, TextField, WordField
from partnerhub.web.lists.filters.kinds import (
    DayFilter,
    KeyFilter,
    KeysFilter,
    MenuFilter,
    SearchFilter,
    SwitchFilter,
    WordFilter,
    WordsFilter,
    midnight,
)
from partnerhub.web.lists.filters.narrowed import ListFilter

__all__ = [
    "TEXT_LENGTH",
    "Choices",
    "DayField",
    "DayFilter",
    "KeyField",
    "KeyFilter",
    "KeysFilter",
    "ListFilter",
    "ListForm",
    "MenuFilter",
    "SearchFilter",
    "SwitchFilter",
    "TextField",
    "WordField",
    "WordFilter",
    "WordsFilter",
    "midnight",
]
