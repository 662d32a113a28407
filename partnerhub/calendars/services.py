"""Verbs on the calendar of a tenant."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerhub.actors import Seat
from partnerhub.calendars.hours import LEAST_A_WEEK, spans_of, spans_text
from partnerhub.calendars.models import CALENDAR_SETTINGS, MOST_CLOSING_DAYS, WEEKDAYS, Calendar
from partnerhub.calendars.selectors import subdivisions
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.records.kept import Kept
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.tenancy.locks import count_alone
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.places import ZoneField
from partnerhub.web.visibility import EVERYTHING, Rule

KeptT = TypeVar("KeptT")

LONGEST_LINE = 100
NOT_SPANS = _("Write times like 09:00-12:30, 13:30-17:00, one after the other; leave it empty for a day off.")
NOT_DAYS = _("Write one day a line, like 2026-12-24 Company day; at most 200 of them.")


class Calendars(Kept[Calendar]):
    """What the record machinery knows of calendars."""

    permission = PROGRAMS_MANAGE
    model = Calendar
    plural = "calendars"

    def seen_by(self, by: Seat) -> Rule:
        return EVERYTHING

    def event_data(self, record: Calendar) -> dict[str, Any]:
        return {"version": record.version, "url": "/programme/calendar/"}


CALENDARS = Calendars()


def add_first_calendar() -> Calendar:
    """The calendar of a new tenant: Monday to Friday, 9 to 5, in its zone. Inside the tenant, as the system."""
    calendar, _is_new = Calendar.objects.get_or_create(defaults={"zone": current_tenant().timezone})
    return calendar


@transaction.atomic
def change_calendar(values: Mapping[str, Any], *, by: Seat, seen: int | None = None) -> Calendar:
    """Change when the tenant's people work (`CALENDAR_SETTINGS`). Raises NotPermitted, Stale, and Refused by field."""
    if not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
    count_alone("calendar")
    calendar = CALENDARS.locked(add_first_calendar().pk, by=by, seen=seen)
    asked = {name: values[name] for name in CALENDAR_SETTINGS if name in values}
    return CALENDARS.edit("calendar.changed", calendar, _checked(calendar, asked), by=by, audience=Audience.VENDOR)


def _checked(calendar: Calendar, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept. Raises Refused with everything that is wrong."""
    wrong: list[Reason] = []
    kept = dict(asked)
    for day in WEEKDAYS:
        if day in kept:
            kept[day] = _read(day, kept[day], lambda text: spans_text(spans_of(text)), NOT_SPANS, wrong)
    if "closing_days" in kept:
        kept["closing_days"] = _read("closing_days", kept["closing_days"], _closing_days, NOT_DAYS, wrong)
    if "country" in kept and kept["country"] != calendar.country:
        kept.setdefault("subdivision", "")
    wrong += _wrong_places({"country": calendar.country, "subdivision": calendar.subdivision} | kept)
    if not wrong and not _is_long_enough(calendar, kept):
        words = _("Somebody has to work for at least an hour a week: with no working time nothing would ever be due.")
        wrong.append(Reason("empty-week", words, field="monday"))
    if wrong:
        raise Refused(wrong)
    return kept


def _read(name: str, value: KeptT, read: Callable[[KeptT], KeptT], words: str | Promise, wrong: list[Reason]) -> KeptT:
    """The value as it is kept; what is none goes to `wrong`."""
    try:
        return read(value)
    except ValueError:
        wrong.append(Reason(name, words, field=name))
        return value


def _closing_days(lines: list[str]) -> list[str]:
    """The days, each once, in order. Raises ValueError for what begins with no date, and for too many."""
    read = dict(_closing_day(line.strip()) for line in lines if line.strip())
    if len(read) > MOST_CLOSING_DAYS:
        raise ValueError("Too many closing days.")
    return [f"{day} {read[day]}".strip() for day in sorted(read)]


def _closing_day(line: str) -> tuple[str, str]:
    day, _space, name = line.partition(" ")
    if len(line) > LONGEST_LINE or len(day) != len("2026-12-24"):
        raise ValueError("No day, or too long a name.")
    return date.fromisoformat(day).isoformat(), name.strip()


def _wrong_places(values: Mapping[str, Any]) -> list[Reason]:
    wrong = []
    if "zone" in values and not ZoneField.is_known(values["zone"]):
        wrong.append(Reason("zone", ZoneField.unknown, field="zone"))
    if values["country"] and values["country"] not in subdivisions():
        wrong.append(Reason("country", _("The public holidays of this country are not known."), field="country"))
    elif values["subdivision"] and values["subdivision"] not in subdivisions().get(values["country"], ()):
        wrong.append(Reason("subdivision", _("Choose a region of this country."), field="subdivision"))
    return wrong


def _is_long_enough(calendar: Calendar, kept: Mapping[str, Any]) -> bool:
    spans = [span for day in WEEKDAYS for span in spans_of(kept.get(day, getattr(calendar, day)))]
    return timedelta(minutes=sum(end - start for start, end in spans)) >= LEAST_A_WEEK
