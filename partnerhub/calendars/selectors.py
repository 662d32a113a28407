"""Reads of the calendar, and the countries whose public holidays are known."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate
from django.utils.translation import get_language
from holidays import country_holidays, list_localized_countries, list_supported_countries

from partnerhub.calendars.hours import Hours, closed_days
from partnerhub.calendars.models import CALENDAR_SETTINGS, Calendar
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.sorting import country_choices

DAYS_SHOWN = 12


def current_calendar() -> Calendar:
    """The calendar of the tenant that is named: one statement.

    A tenant without a row (an older release has opened it) works Monday to Friday from 9 to 5 in its own zone.
    """
    return Calendar.objects.first() or _unset()


def hours_in(row: Mapping[str, Any] | None) -> Hours:
    """The working time of the tenant's calendar, which was read as JSON, with another record; None: there is no row."""
    calendar = Calendar(**{name: row[name] for name in CALENDAR_SETTINGS}) if row else _unset()
    return calendar.hours


def _unset() -> Calendar:
    return Calendar(zone=current_tenant().timezone)


def next_closed_days(calendar: Calendar) -> list[tuple[date, str]]:
    """The next days on which a working week would be open and is not, each with its name, in the reader's language."""
    today = localdate(timezone=ZoneInfo(calendar.zone))
    found = closed_days(calendar.hours, today, language=spoken_in(calendar.country, get_language() or ""))
    names = calendar.closing_names
    return [(day, name or names.get(day, "")) for day, name in islice(found, DAYS_SHOWN)]


def spoken_in(country: str, language: str) -> str:
    """The library's code of a language in which it names the holidays of a country; empty: the country's own."""
    spoken = _languages().get(country, [])
    return next((code for code in spoken if code.partition("_")[0] == language.partition("-")[0]), "")


def holiday_countries() -> list[tuple[str, str]]:
    """Code and name of the countries whose public holidays are known, by name."""
    return [(code, name) for code, name in country_choices() if code in subdivisions()]


@cache
def subdivisions() -> dict[str, list[str]]:
    """By country the codes of its regions with holidays of their own."""
    return {code: sorted(regions) for code, regions in list_supported_countries().items()}


@cache
def region_choices(country: str) -> list[tuple[str, str]]:
    """Code and name of a country's regions; some have no name but the code."""
    if not subdivisions().get(country):
        return []
    names = country_holidays(country, years=()).get_subdivision_aliases()
    return [(code, " · ".join([code, *names.get(code, [])[:1]])) for code in subdivisions()[country]]


@cache
def _languages() -> dict[str, list[str]]:
    return dict(list_localized_countries())
