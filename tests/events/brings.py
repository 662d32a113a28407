"""What the memory brings to the tests of the whole house: see tests/brought.py."""

from typing import Any

from partnerhub.events.models import Event
from partnerhub.events.tables import EventList
from tests.brought import each, files_of, rows
from tests.kits.declared import list_of
from tests.kits.rows import copies, moment, name
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


def many(house: Any, count: int) -> None:
    kinds = ("lead.submitted", "lead.awarded", "member.removed", "access.granted")
    copies(
        Event.objects.filter(partner_id=house.nordwind.pk).first(),
        count,
        kind=lambda number: kinds[number % 4],
        subject_label=name,
        actor_name=lambda number: name(number + 1)[:100],
        occurred_at=moment,
    )


LISTS = list_of(
    EventList,
    many,
    words=lambda row: (row.actor_name, row.token_maker),
    filters={"kind": lambda row, value: row.kind == value or row.kind.startswith(f"{value}.")},
    values={"kind": ("lead", "lead.awarded", "member")},
)
