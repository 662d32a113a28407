"""What the memory brings to the tests of the whole house: see tests/brought.py."""

from typing import Any

from partnerhub.events.models import Event
from tests.brought import each, files_of, rows
from tests.outside.people import MEMBERS

ADDRESSES = rows(
    """
    GET admin-log/ ACP
    GET admin-log/export.csv ACP
    GET admin-log/export.xlsx ACP
    GET admin-log/<uuid:event_id>/ ACP event
    GET api/v1/events/ ACP
    GET api/v1/events/export/ ACP
    GET api/v1/events/<uuid:event_id>/ ACP event
    """
)

PAGES = {
    "admin-log/": each("admin-log/", *MEMBERS),
    "admin-log/<uuid:event_id>/": each("admin-log/{event}/", *MEMBERS),
}

NO_PAGE = files_of("admin-log")

RECORDS = {"event": Event}


def records(house: Any) -> dict[str, dict[str, Any]]:
    return {
        "event": {
            "own": house.first(Event, subject_id=house.records["lead"]["colleague"]),
            "rival": house.first(Event, subject_id=house.records["lead"]["rival"]),
        }
    }


FOLLOWS = {
    "events.Event": "leads.Lead",  # every verb records what it did
    "events.Untold": "events.Event",  # until a worker has told its readers
}

NEWEST = {"event": ("events_event", "AND kind = 'access.requested'")}
