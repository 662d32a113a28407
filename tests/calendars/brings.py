"""What calendars bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from partnerhub.calendars.models import Calendar
from tests.brought import Sent, Visit, rows
from tests.kits.declared import walls_of
from tests.outside.people import PROGRAMME_ADMIN

ADDRESSES = rows(
    """
    GET,POST programme/calendar/ P
    GET,PATCH api/v1/calendar/ P
    """
)
PAGES = {"programme/calendar/": (Visit(PROGRAMME_ADMIN, "programme/calendar/"),)}


def calendar(house: Any) -> None:
    """The one of the tenant."""
    Calendar.objects.create()


WALLS = {"calendars.Calendar": walls_of(calendar)}
ROADS = {"calendars.Calendar": ("POST programme/calendar/", "PATCH api/v1/calendar/")}


def written(house: Any) -> dict[str, Sent]:
    """What each write of calendars takes."""
    return {"PATCH api/v1/calendar/": Sent("P", {"friday": "09:00-15:00", "closing_days": ["2026-12-24 Company day"]})}
