"""The filters that a column brings: a state its words, a day the first and the last one, yes or no a switch."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django_filters import Filter

from partnerhub.web.lists.cells import Moment, Status, YesNo
from partnerhub.web.lists.columns import Column
from partnerhub.web.lists.filters.kinds import DayFilter, SwitchFilter, WordsFilter
from partnerhub.web.lists.filters.narrowed import ListFilter


def days(name: str, field_name: str, menu: str | Promise, *, moments: bool = True) -> dict[str, Filter]:
    """The two ends of a span of days: `<name>_from` and `<name>_to`. `moments`: the field holds moments."""
    first, last = pgettext_lazy("day", "From"), pgettext_lazy("day", "To")
    begins = DayFilter(field_name, menu=menu, moments=moments, label=first, help_text="The first day.")
    ends = DayFilter(
        field_name, menu=menu, moments=moments, label=last, after=f"{name}_from", help_text="The last day, included."
    )
    return {f"{name}_from": begins, f"{name}_to": ends}


def brought_by(column: Column) -> Mapping[str, Filter]:
    """The filters of one column, by the name of their parameter. Raises TypeError for a cell that brings none."""
    match column.cell:
        case Status(read=str(field), words=words):
            words_filter = WordsFilter(
                field, label=column.label, choices=words.choices, help_text="How it stands, one or more."
            )
            return {column.key: words_filter}
        case YesNo(read=str(field)):
            return {column.key: SwitchFilter(field, label=column.label)}
        case Moment(read=str(field)):
            return days(column.key, field, column.label)
    raise TypeError(column.key)


def filters_by(columns: Iterable[Column]) -> type[ListFilter]:
    """The FilterSet of a list that is narrowed by nothing but these columns."""
    return type(
        "ColumnsFilter", (ListFilter,), {name: one for each in columns for name, one in brought_by(each).items()}
    )
