"""Which events the audit log shows; the same for the page and the API."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.events.models import Event
from partnerhub.events.selectors import audit_log
from partnerhub.events.words import GROUPS, KINDS
from partnerhub.web.fields import VisibleField

LONGEST = 100


def known_kind(kind: str) -> None:
    if kind not in GROUPS and kind not in KINDS:
        raise ValidationError(_("Choose from the list."), code="invalid_choice")


class AuditFilter(forms.Form):
    """The parameters of an address; days are the reader's. A page leaves out what is not valid, the API refuses it."""

    kind = forms.CharField(label=_("Kind"), required=False, validators=[known_kind])
    person = VisibleField(label=_("Who"), max_length=LONGEST, required=False)
    since = forms.DateField(label=pgettext_lazy("day", "From"), required=False, input_formats=["%Y-%m-%d"])
    until = forms.DateField(label=pgettext_lazy("day", "To"), required=False, input_formats=["%Y-%m-%d"])

    def __init__(self, query: Mapping[str, Any]) -> None:
        super().__init__(query)
        self.is_valid()

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value}

    def rows(self, membership: Any) -> QuerySet[Event]:
        """The events that the member may read, narrowed by what was chosen."""
        chosen = self.chosen
        since, until = chosen.pop("since", None), chosen.pop("until", None)
        return audit_log(
            membership,
            **chosen,
            since=_beginning(since) if since else None,
            until=_beginning(until + timedelta(days=1)) if until and until < date.max else None,
        )


def _beginning(day: date) -> datetime:
    return datetime.combine(day, time(), get_current_timezone())
