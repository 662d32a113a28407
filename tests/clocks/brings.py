"""What clocks bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from leads.models import Lead, Program
from leads.services.steps import event_data
from partnerhub.calendars.models import Calendar
from partnerhub.clocks.models import Clock
from partnerhub.clocks.selectors import default_times
from partnerhub.clocks.services import begin_clocks
from partnerhub.tenancy.scope import tenant_scope
from tests.brought import Sent, Visit, rows
from tests.kits.declared import letters_of, walls_of
from tests.outside.people import PROGRAMME_ADMIN
from tests.stack import Person, Stack

ADDRESSES = rows(
    """
    GET programme/due-times/ P
    GET,POST programme/due-times/<uuid:program_id>/ P due_program
    GET api/v1/due-times/ P
    GET,PATCH api/v1/due-times/<uuid:program_id>/ P due_program
    """
)
PAGES = {
    "programme/due-times/": (Visit(PROGRAMME_ADMIN, "programme/due-times/"),),
    "programme/due-times/<uuid:program_id>/": (Visit(PROGRAMME_ADMIN, "programme/due-times/{due_program}/"),),
}
RECORDS = {"due_program": Program, "clock": Clock}
ROADS = {
    "clocks.DueTimes": (
        "POST programme/due-times/<uuid:program_id>/",
        "PATCH api/v1/due-times/<uuid:program_id>/",
    ),
}


def due_times(house: Any) -> None:
    """Those of one program."""
    default_times(Program.objects.get(slug="pos"), Calendar().hours).save()


WALLS = {"clocks.DueTimes": walls_of(due_times)}
FOLLOWS = {"clocks.Clock": "leads.Lead"}
DUE = {"due_at": "2026-12-03T10:00:00+00:00", "role": "programme-admin", "step_word": "Decision", "clock": "decision"}
LETTERS = letters_of(
    "clock",
    (
        ("clock.reminded", "C", DUE),
        ("clock.overdue", "C", DUE),
        ("clock.answer_reminded", "C", DUE),
        ("clock.answer_overdue", "C", DUE),
    ),
    words=lambda house, clock: event_data(Lead.objects.get(pk=clock.lead_id)),
)


def written(house: Any) -> dict[str, Sent]:
    """What each write of clocks takes."""
    return {"PATCH api/v1/due-times/<uuid:program_id>/": Sent("P", {"decision_hours": 8})}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """A program, and a clock of each partner."""
    begin_clocks(house.tenant)
    with tenant_scope(house.tenant):
        clocks = {
            whose: Clock.objects.filter(partner=one.partner).values_list("pk", flat=True).first()
            for whose, one in (("own", house.cast.seller), ("rival", house.cast.rival))
        }
        return {"due_program": {"own": Program.objects.get(slug="pos").pk}, "clock": clocks}


def known(stack: Stack) -> dict[str, str]:
    """A program of the demo."""
    admin = Person(stack, PROGRAMME_ADMIN)
    return {"due_program": admin.look("/tallvik/api/v1/due-times/").json()["results"][0]["id"]}
