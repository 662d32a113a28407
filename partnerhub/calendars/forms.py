"""The form of the calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerhub.calendars.models import CALENDAR_SETTINGS, LONGEST_DAY, MOST_CLOSING_DAYS, Calendar
from partnerhub.calendars.selectors import holiday_countries, region_choices
from partnerhub.calendars.words import CALENDAR_FIELDS
from partnerhub.web.fields import TextField, WordField
from partnerhub.web.places import zone_choices
from partnerhub.web.seen import SeenForm

LONGEST_LIST = MOST_CLOSING_DAYS * 102


def _weekday(name: str) -> TextField:
    return TextField(label=CALENDAR_FIELDS[name], max_length=LONGEST_DAY, required=False)


def _countries() -> list[tuple[str, Any]]:
    return [("", _("None")), *holiday_countries()]


class CalendarForm(SeenForm):
    """When the tenant's people work. The regions are those of the country that is saved."""

    zone = WordField(
        label=CALENDAR_FIELDS["zone"], choices=zone_choices, error_messages={"required": _("Choose a time zone.")}
    )
    monday = TextField(
        label=CALENDAR_FIELDS["monday"],
        max_length=LONGEST_DAY,
        required=False,
        help_text=_("Times like 09:00-12:30, 13:30-17:00; empty: closed. The same for each day."),
    )
    tuesday = _weekday("tuesday")
    wednesday = _weekday("wednesday")
    thursday = _weekday("thursday")
    friday = _weekday("friday")
    saturday = _weekday("saturday")
    sunday = _weekday("sunday")
    country = WordField(label=CALENDAR_FIELDS["country"], choices=_countries, required=False)
    subdivision = WordField(label=CALENDAR_FIELDS["subdivision"], choices=list, required=False)
    closing_days = TextField(
        label=CALENDAR_FIELDS["closing_days"],
        max_length=LONGEST_LIST,
        lines=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One day a line, like 2026-12-24 Company day."),
    )

    def __init__(self, *args: Any, calendar: Calendar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subdivision"] = WordField(
            label=CALENDAR_FIELDS["subdivision"],
            choices=[("", _("The whole country")), *region_choices(calendar.country)],
            required=False,
            help_text="" if calendar.country else _("Choose the country and save; then its regions are here."),
        )

    @classmethod
    def of(cls, calendar: Calendar) -> "CalendarForm":
        shown = {name: getattr(calendar, name) for name in (*CALENDAR_SETTINGS, "version")}
        return cls(calendar=calendar, initial=shown | {"closing_days": "\n".join(calendar.closing_days)})

    def values(self, calendar: Calendar) -> dict[str, Any]:
        """With another country the region falls away: it was one of the country before."""
        values = {name: self.cleaned_data[name] for name in CALENDAR_SETTINGS}
        if values["country"] != calendar.country:
            values["subdivision"] = ""
        return values | {"closing_days": values["closing_days"].splitlines()}
