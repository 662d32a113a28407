"""What intake brings to the tests of the whole house: see tests/brought.py."""

from typing import Any

from leads.selectors import programs
from partnerhub.accounts.models import Membership
from partnerhub.intake.models import Intake, IntakeLink
from partnerhub.intake.services import add_link, receive
from partnerhub.intake.states import Status
from partnerhub.intake.tables import IntakeLinkList
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.folding import fold
from tests.brought import LEADS, Sent, Steps, Visit, each, files_of, rows
from tests.kits.declared import letters_of, list_of, steps_of
from tests.kits.rows import copies, moment, name
from tests.outside.people import ANYBODY
from tests.stack import MANAGER, SELLER, Person, Stack

ADDRESSES = rows(
    """
    GET programme/intake/ RUCSFP
    GET intake-links/ RUCSFP
    GET intake-links/export.csv RUCSFP
    GET intake-links/export.xlsx RUCSFP
    GET,POST intake-links/new/ R
    GET intake-links/<uuid:link_id>/ RUCSFP link
    GET intake-links/<uuid:link_id>/code.<str:kind> RUCSFP link
    GET,POST intake/<str:token>/ public
    GET,POST intake/confirm/<str:token>/ public
    GET,POST objections/<str:token>/ public
    GET api/v1/intake-links/ RUCSFP
    POST api/v1/intake-links/ R
    GET api/v1/intake-links/export/ RUCSFP
    GET api/v1/intake-links/<uuid:link_id>/ RUCSFP link
    GET api/v1/intake-links/<uuid:link_id>/timeline/ RUCSFP link
    """
)
STEPS = {
    "intakelink": Steps(
        "intake-links",
        record="link",
        seen_by=LEADS,
        roles={"change": "R", "pause": "R", "resume": "R", "close": "R"},
    )
}
PAGES = {
    "programme/intake/": (Visit(MANAGER, "programme/intake/", moves=True),),
    "intake-links/": each("intake-links/", SELLER, MANAGER),
    "intake-links/new/": each("intake-links/new/", SELLER),
    "intake-links/<uuid:link_id>/": each("intake-links/{intake_link}/", SELLER, MANAGER),
    "intake-links/<uuid:record_id>/<slug:step>/": (
        *each("intake-links/{intake_link}/pause/", SELLER),
        *each("intake-links/{intake_link}/change/", SELLER),
    ),
    "intake/<str:token>/": (Visit(ANYBODY, "intake/{intake_form}/"), Visit(ANYBODY, "intake/gone/", 404)),
    "intake/confirm/<str:token>/": (Visit(ANYBODY, "intake/confirm/gone/", 404),),
    "objections/<str:token>/": (Visit(ANYBODY, "objections/gone/", 404),),
}
NO_PAGE = files_of("intake-links") | {"intake-links/<uuid:link_id>/code.<str:kind>": "a picture"}
RECORDS = {"link": IntakeLink, "intake": Intake}
ROADS = {"intake.IntakeLink": ("POST intake-links/new/", "POST api/v1/intake-links/")}
FOLLOWS = {"intake.Intake": "intake.IntakeLink"}  # whoever sends its form
TYPED = {
    "company": "Salzhaus Wittdün",
    "website": "https://salzhaus.example.org",
    "country": "DE",
    "locations": "2",
    "first_name": "Jette",
    "last_name": "Ahlers",
    "email": "jette@salzhaus.example.org",
}


def written(house: Any) -> dict[str, Sent]:
    """What each write of intake takes."""
    body = {"name": "Fair", "program": "pos", "comes_in": "draft", "terms": True}
    return {"POST api/v1/intake-links/": Sent("R", body)}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """A link of each partner, and what came in by it."""
    links, intakes = {}, {}
    for whose, by in (("own", house.cast.seller), ("rival", house.cast.rival)):
        links[whose] = opened_link(house, by).pk
        typed = TYPED | {"company": f"Salzhaus {whose}", "website": f"https://{whose}-salz.example.org"}
        with tenant_scope(house.tenant):
            intakes[whose] = receive(
                links[whose], new_id(), typed, language="en", address="192.0.2.7", is_proven=True
            ).pk
    return {"link": links, "intake": intakes}


def opened_link(house: Any, by: Membership) -> IntakeLink:
    with house.acting(by):
        return add_link(program=programs()[0], name="Fair in Kiel", comes_in="draft", by=by)


def known(stack: Stack) -> dict[str, str]:
    """A link, by the API."""
    body = {"name": "Fair in Kiel", "program": "pos", "comes_in": "lead", "terms": True}
    made = Person(stack, SELLER).api("intake-links/", body)
    assert made.status_code == 201, made.text
    form = made.json()["url"].rstrip("/").rpartition("/")[2]
    return {"intake_link": made.json()["id"], "intake_form": form}


def links(house: Any, count: int) -> None:
    states = [status.value for status in Status]
    copies(
        IntakeLink.objects.get(pk=house.records["link"]["own"]),
        count,
        name=lambda number: name(number)[:80],
        name_key=lambda number: fold(name(number))[:80],
        status=lambda number: states[number % len(states)],
        created_at=moment,
    )


LISTS = list_of(IntakeLinkList, links)
MACHINES = steps_of(
    "intakelink",
    {
        "change": ((Status.OPEN, Status.PAUSED), None),
        "pause": ((Status.OPEN,), Status.PAUSED),
        "resume": ((Status.PAUSED,), Status.OPEN),
        "close": ((Status.OPEN, Status.PAUSED), Status.CLOSED),
    },
    columns=lambda house, state, step: {"status_changed_at": moment(0), "updated_at": moment(0)},
    sent=lambda house, step: {"name": "Fair", "comes_in": "lead", "daily_limit": 7} if step == "change" else {},
)


def intake_words(house: Any, intake: Intake) -> dict[str, Any]:
    lead = intake.lead
    assert lead is not None
    return {
        "intake_id": str(intake.pk),
        "person": intake.name,
        "email": intake.email,
        "language": "en",
        "partner_name": "Nordwind",
        "program": "POS",
        "link_name": "Fair in Kiel",
        "company": "Salzhaus own",
        "url": f"/leads/{lead.pk}/",
        "submitter_id": str(lead.submitted_by_id),
        "representative_id": str(house.cast.representative.pk),
    }


def asked_words(house: Any, intake: Intake) -> dict[str, Any]:
    """Of one that waits for its person's click."""
    words = intake_words(house, intake)
    intake.pk, intake.came_in_at, intake.lead = new_id(), None, None
    intake.save(force_insert=True)
    return words | {"intake_id": str(intake.pk)}


LETTERS = letters_of("intake", (("intake.asked", "R", {}),), words=asked_words) | letters_of(
    "intake",
    (
        ("intake.received", "R", {}),
        ("intake.drafted", "C", {}),
        ("intake.objected", "R", {}),
    ),
    words=intake_words,
)
