"""The filters of one list, with the parameters of an address."""

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django_filters import Filter, FilterSet
from django_filters.constants import EMPTY_VALUES

from partnerhub.actors import Seat
from partnerhub.web.lists.filters.fields import Choices, ListForm
from partnerhub.web.lists.filters.kinds import MenuFilter, SwitchFilter
from partnerhub.web.requests import SeatRequest


class OwnFilters(dict[str, Filter]):
    """The filters of a class. Each instance gets its own of them, which share what no instance changes.

    A FilterSet copies all that its filters hold, fields and words too, for each request: an eighth of a short answer.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Filter]:
        own = {name: copy(one) for name, one in self.items()}
        for one in own.values():
            one.extra = dict(one.extra)
            if (method := one.method) is not None:
                one.method = method  # it keeps whose it is
        return own


class ListFilter(FilterSet):
    """Narrows the rows of a list by the parameters of an address. `request` has the `membership` of who asks."""

    class Meta:
        form = ListForm

    def __init__(
        self,
        data: QueryDict | None = None,
        queryset: QuerySet[Any] | None = None,
        *,
        request: SeatRequest,
        prefix: str | None = None,
    ) -> None:
        super().__init__(data, queryset, request=request, prefix=prefix)
        for name in self.not_for(request.membership):
            del self.filters[name]

    @classmethod
    def get_filters(cls) -> OwnFilters:
        return OwnFilters(super().get_filters())

    def not_for(self, membership: Seat) -> Iterable[str]:
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
        return next(str(name) for name, found in self.filters.items() if found is one)
