"""The calendar as JSON, and what the API takes to change it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from partnerhub.calendars.models import LONGEST_DAY, MOST_CLOSING_DAYS, WEEKDAYS, Calendar
from partnerhub.calendars.selectors import next_closed_days
from partnerhub.web.bodies import Body, Text


class ClosedDaySerializer(serializers.Serializer[Any]):
    """A day on which nobody works, though the week would have it so."""

    day = serializers.DateField()
    name = serializers.CharField()


class CalendarSerializer(serializers.Serializer[Any]):
    """When the tenant's people work: what due times are reckoned in."""

    zone = serializers.CharField(help_text="IANA name of the time zone.")
    monday = serializers.CharField(help_text="Like `09:00-12:30, 13:30-17:00`, in order; empty: closed.")
    tuesday = serializers.CharField(help_text="Like `09:00-12:30, 13:30-17:00`, in order; empty: closed.")
    wednesday = serializers.CharField(help_text="Like `09:00-12:30, 13:30-17:00`, in order; empty: closed.")
    thursday = serializers.CharField(help_text="Like `09:00-12:30, 13:30-17:00`, in order; empty: closed.")
    friday = serializers.CharField(help_text="Like `09:00-12:30, 13:30-17:00`, in order; empty: closed.")
    saturday = serializers.CharField(help_text="Like `09:00-12:30, 13:30-17:00`, in order; empty: closed.")
    sunday = serializers.CharField(help_text="Like `09:00-12:30, 13:30-17:00`, in order; empty: closed.")
    country = serializers.CharField(help_text="Whose public holidays are kept, ISO 3166-1; empty: none.")
    subdivision = serializers.CharField(help_text="The region of that country; empty: the whole country.")
    closing_days = serializers.ListField(
        child=serializers.CharField(), help_text="Own closing days: `2026-12-24`, and what it is after a space."
    )
    version = serializers.IntegerField()
    next_closed_days = serializers.SerializerMethodField(help_text="The next of both kinds, of a year at most.")

    @extend_schema_field(ClosedDaySerializer(many=True))
    def get_next_closed_days(self, calendar: Calendar) -> list[dict[str, str]]:
        return [{"day": day.isoformat(), "name": name} for day, name in next_closed_days(calendar)]


def _weekday() -> Text:
    return Text(
        max_length=LONGEST_DAY,
        required=False,
        allow_blank=True,
        help_text="Like `09:00-12:30, 13:30-17:00`, in order; empty: closed.",
    )


class CalendarBody(Body):
    """What is not sent stays. Another country without a region: the whole of it."""

    zone = Text(max_length=64, required=False)
    country = Text(max_length=2, required=False, allow_blank=True)
    subdivision = Text(max_length=20, required=False, allow_blank=True)
    closing_days = serializers.ListField(
        child=Text(max_length=100), required=False, max_length=MOST_CLOSING_DAYS, help_text="As they are read."
    )

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), **{name: _weekday() for name in WEEKDAYS}}


def calendar_json(calendar: Calendar) -> dict[str, Any]:
    return dict(CalendarSerializer(calendar).data)
