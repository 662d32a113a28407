"""What absences bring to the tests of the whole house: see tests/brought.py."""

from datetime import date, timedelta
from typing import Any

from partnerhub.absences.models import Absence
from partnerhub.absences.services import ABSENCES, plan_absence
from partnerhub.absences.states import Status
from partnerhub.absences.tables import AbsenceList
from partnerhub.roles import Role
from tests.brought import ALL, Sent, Steps, each, files_of, rows
from tests.conftest import make_member
from tests.kits.declared import letters_of, list_of, steps_of
from tests.kits.rows import copies, moment
from tests.stack import MANAGER, OTHER_MANAGER, SELLER, Person, Stack

ADDRESSES = rows(
    """
    GET absences/ ARUBCSFP
    GET absences/export.csv ARUBCSFP
    GET absences/export.xlsx ARUBCSFP
    GET,POST absences/new/ ARUBCSFP
    GET absences/<uuid:absence_id>/ ARU absence hidden
    GET,POST api/v1/absences/ ARUBCSFP
    GET api/v1/absences/export/ ARUBCSFP
    GET api/v1/absences/<uuid:absence_id>/ ARU absence hidden
    GET api/v1/absences/<uuid:absence_id>/timeline/ ARU absence hidden
    """
)
STEPS = {
    "absence": Steps("absences", record="absence", seen_by=ALL, roles={"change": "AU", "cancel": "AU", "return": "AU"})
}
PAGES = {
    "absences/": each("absences/", SELLER, MANAGER),
    "absences/new/": each("absences/new/", SELLER, MANAGER),
    "absences/<uuid:absence_id>/": each("absences/{absence}/", MANAGER),
    "absences/<uuid:record_id>/<slug:step>/": (
        *each("absences/{absence}/change/", MANAGER),
        *each("absences/{absence}/cancel/", MANAGER),
    ),
}
NO_PAGE = files_of("absences")
RECORDS = {"absence": Absence}
ROADS = {"absences.Absence": ("POST absences/new/", "POST api/v1/absences/")}
DAYS = {"first_day": "2027-03-01", "last_day": "2027-03-12"}


def written(house: Any) -> dict[str, Sent]:
    return {"POST api/v1/absences/": Sent("R", {"deputy": str(house.cast.colleague.pk), "note": "Call me.", **DAYS})}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """The colleague of Nordwind's is away, and the seller covers; the rival's people cover for each other."""
    cast, found = house.cast, {}
    other = make_member(house.tenant, "Kadri Tamm", Role.REFERRALS_USER, partner=cast.rival.partner)
    for whose, who, deputy in (("own", cast.colleague, cast.seller), ("rival", cast.rival, other)):
        with house.acting(who):
            days = {name: date.fromisoformat(text) - timedelta(days=30) for name, text in DAYS.items()}
            found[whose] = plan_absence(deputy=deputy.pk, by=who, note="At sea.", **days).pk
    return {"absence": found}


def known(stack: Stack) -> dict[str, str]:
    """An absence of the channel manager's, by the API."""
    manager = Person(stack, MANAGER)
    people = manager.look("/tallvik/api/v1/representatives/").json()["results"]
    other = next(one["id"] for one in people if one["email"] == OTHER_MANAGER)
    answer = manager.api("absences/", {"deputy": other, **DAYS})
    assert answer.status_code == 201, answer.text
    return {"absence": answer.json()["id"]}


def absences(house: Any, count: int) -> None:
    states = [status.value for status in Status if status != Status.CANCELLED]
    copies(
        Absence.objects.get(pk=house.records["absence"]["own"]),
        count,
        status=lambda number: states[number % len(states)],
        first_day=lambda number: moment(number).date(),
        last_day=lambda number: moment(number).date(),
        updated_at=moment,
    )


LISTS = list_of(AbsenceList, absences, reader="A")
OPEN = (Status.PLANNED, Status.ACTIVE)
MACHINES = steps_of(
    "absence",
    {
        "change": (OPEN, None),
        "cancel": ((Status.PLANNED,), Status.CANCELLED),
        "return": ((Status.ACTIVE,), Status.ENDED),
    },
    columns=lambda house, state, step: {"status_changed_at": moment(0), "updated_at": moment(0)},
    sent=lambda house, step: {"deputy": str(house.cast.seller.pk), **DAYS} if step == "change" else {},
)
LETTERS = letters_of(
    "absence",
    (
        ("absence.planned", "U", {"begins": False}),
        ("absence.changed", "U", {}),
        ("absence.cancelled", "U", {}),
        ("absence.started", "U", {}),
        ("absence.ended", "A", {"open": [["own-leads", 3], ["drafts", 1]]}),
    ),
    words=lambda house, absence: ABSENCES.event_data(absence),
)
