"""What queues and claims bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from leads.models import Lead, Program
from leads.services.steps import event_data
from partnerhub.accounts.models import Membership
from partnerhub.claims.models import Claim, Queue, QueuedLead
from partnerhub.claims.services import To, WhereTo, add_queue, bring_lead
from partnerhub.claims.services.records import CLAIMS
from partnerhub.claims.tables import QueueList, WaitingList
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.brought import Sent, Visit, each, files_of, rows
from tests.kits.declared import letters_of, list_of
from tests.kits.rows import copies, moment, name
from tests.stack import MANAGER, SELLER, Person, Stack

ADDRESSES = rows(
    """
    GET leads/queue/ RUCSFP
    GET leads/queue/export.csv RUCSFP
    GET leads/queue/export.xlsx RUCSFP
    POST leads/queue/<uuid:queued_id>/accept/ R queued
    GET,POST leads/queue/<uuid:queued_id>/decline/ R queued
    GET,POST leads/<uuid:lead_id>/return/ R held
    GET,POST leads/<uuid:lead_id>/progress/ R held
    GET,POST leads/<uuid:lead_id>/report-dead/ R held
    GET,POST leads/<uuid:lead_id>/confirm-dead/ C held
    GET,POST leads/<uuid:lead_id>/find-alive/ C held
    GET,POST leads/<uuid:lead_id>/take-back/ C held
    GET,POST leads/<uuid:lead_id>/hand-out/ C held
    POST leads/bulk/queue/ C
    POST triage/bulk/queue/ C
    POST api/v1/leads/bulk/queue/ C
    POST api/v1/triage/bulk/queue/ C
    GET,POST vendor-leads/new/ CS
    GET programme/queues/ CP
    GET programme/queues/export.csv CP
    GET programme/queues/export.xlsx CP
    GET,POST programme/queues/new/ CP
    GET,POST programme/queues/<uuid:queue_id>/ CP queue
    GET api/v1/leads/queue/ RUCSFP
    GET api/v1/leads/queue/export/ RUCSFP
    POST api/v1/leads/<uuid:lead_id>/claim/ R offered
    POST api/v1/leads/<uuid:lead_id>/return/ R held
    POST api/v1/leads/<uuid:lead_id>/progress/ R held
    POST api/v1/leads/<uuid:lead_id>/report-dead/ R held
    POST api/v1/leads/<uuid:lead_id>/confirm-dead/ C held
    POST api/v1/leads/<uuid:lead_id>/find-alive/ C held
    POST api/v1/leads/<uuid:lead_id>/take-back/ C held
    POST api/v1/leads/<uuid:lead_id>/hand-out/ C held
    POST api/v1/vendor-leads/ CS
    GET,POST api/v1/queues/ CP
    GET api/v1/queues/export/ CP
    GET,PATCH api/v1/queues/<uuid:queue_id>/ CP queue
    """
)
PAGES = {
    "leads/queue/": (*each("leads/queue/", SELLER), *each("leads/?view=queue", SELLER)),
    "leads/queue/<uuid:queued_id>/decline/": each("leads/queue/{queued}/decline/", SELLER),
    "leads/<uuid:lead_id>/return/": each("leads/{held}/return/", SELLER),
    "leads/<uuid:lead_id>/progress/": each("leads/{held}/progress/", SELLER),
    "leads/<uuid:lead_id>/report-dead/": each("leads/{held}/report-dead/", SELLER),
    "leads/<uuid:lead_id>/confirm-dead/": each("leads/{held}/confirm-dead/", MANAGER),
    "leads/<uuid:lead_id>/find-alive/": each("leads/{held}/find-alive/", MANAGER),
    "leads/<uuid:lead_id>/take-back/": each("leads/{held}/take-back/", MANAGER),
    "leads/<uuid:lead_id>/hand-out/": each("leads/{kept}/hand-out/", MANAGER),
    "vendor-leads/new/": each("vendor-leads/new/", MANAGER),
    "programme/queues/": each("programme/queues/", MANAGER),
    "programme/queues/new/": each("programme/queues/new/", MANAGER),
    "programme/queues/<uuid:queue_id>/": (Visit(MANAGER, "programme/queues/{queue}/"),),
}
NO_PAGE = files_of("leads/queue", "programme/queues")
RECORDS = {"queued": QueuedLead, "offered": Lead, "held": Lead, "queue": Queue, "claim": Claim, "free": Lead}
ROADS = {
    "claims.Queue": ("POST programme/queues/new/", "POST api/v1/queues/"),
    "claims.QueuedLead": ("POST vendor-leads/new/", "POST api/v1/vendor-leads/"),
    "claims.Claim": ("POST leads/queue/<uuid:queued_id>/accept/", "POST api/v1/leads/<uuid:lead_id>/claim/"),
}
FOLLOWS = {"claims.ClaimCounter": "claims.Claim"}
REASON = {"text": "Too far away."}
LEAD = {
    "way": "queue",
    "program": "pos",
    "company": "Fjordkaffe",
    "website": "https://fjordkaffe.example.org",
    "country": "NO",
    "postcode": "5003",
    "last_name": "Moen",
    "email": "moen@fjordkaffe.example.org",
    "size": "Two shops",
}


def written(house: Any) -> dict[str, Sent]:
    """What each write of queues and claims takes."""
    queue = {"name": "North", "countries": ["NO", "SE"], "held_at_most": 3}
    free, held = house.records["free"]["own"], house.records["claim"]["own"]

    def reported() -> None:
        Claim.objects.filter(pk=held).update(dead_text="They closed.")

    return {
        "POST api/v1/leads/bulk/queue/": Sent("C", {"rows": [{"id": str(free)}]}),
        "POST api/v1/triage/bulk/queue/": Sent("C", {"rows": [{"id": str(free)}]}),
        "POST api/v1/leads/<uuid:lead_id>/report-dead/": Sent("R", REASON),
        "POST api/v1/leads/<uuid:lead_id>/confirm-dead/": Sent("C", REASON | {"code": "no_contact"}, before=reported),
        "POST api/v1/leads/<uuid:lead_id>/find-alive/": Sent("C", REASON, before=reported),
        "POST api/v1/leads/<uuid:lead_id>/claim/": Sent("R", {}),
        "POST api/v1/leads/<uuid:lead_id>/return/": Sent("R", REASON),
        "POST api/v1/leads/<uuid:lead_id>/progress/": Sent("R", {"progress": "meeting", "text": "On Monday."}),
        "POST api/v1/leads/<uuid:lead_id>/take-back/": Sent("C", REASON),
        "POST api/v1/leads/<uuid:lead_id>/hand-out/": Sent("C", {"way": "queue"}, record=free),
        "POST api/v1/vendor-leads/": Sent("C", LEAD),
        "POST api/v1/queues/": Sent("C", queue),
        "PATCH api/v1/queues/<uuid:queue_id>/": Sent("C", queue),
    }


def records(house: Any) -> dict[str, dict[str, Any]]:
    """Of each partner a lead that is offered to it, and one that it holds; a queue, and a lead of the vendor alone."""
    cast, manager = house.cast, house.cast.manager
    partners = {"own": cast.seller.partner, "rival": cast.rival.partner}
    offered = {whose: _brought(house, manager, WhereTo.OFFER, partner=one) for whose, one in partners.items()}
    held = {whose: _brought(house, manager, WhereTo.GIVE, partner=one) for whose, one in partners.items()}
    with house.acting(manager):
        queue = add_queue({"name": "Restaurants", "position": 5}, by=manager)
    with tenant_scope(house.tenant):  # also seen by who sees their own leads alone
        Lead.objects.filter(pk=held["own"]).update(representative=cast.representative, team=[cast.colleague.pk])
        queued = {whose: QueuedLead.objects.get(lead=key).pk for whose, key in offered.items()}
        claims = {whose: Claim.objects.get(lead=key).pk for whose, key in held.items()}
    free = {"own": _brought(house, manager, WhereTo.KEEP)}
    return {
        "queued": queued,
        "offered": offered,
        "held": held,
        "queue": {"own": queue.pk},
        "free": free,
        "claim": claims,
    }


def _brought(house: Any, by: Membership, way: str, **to: Any) -> Any:
    answers = {
        "company": "Fjordkaffe",
        "website": "https://fjordkaffe.example.org",
        "country": "NO",
        "postcode": "5003",
        "last_name": "Moen",
        "email": "m@example.org",
    }
    with house.acting(by):
        program = Program.objects.get(slug="pos")
        facts = {"industry": "food", "size": "Two shops", "need": "Tills"}
        return bring_lead(new_id(), program=program, answers=answers, facts=facts, to=To(way, **to), by=by).pk


def known(stack: Stack) -> dict[str, str]:
    """A queue, a lead that is offered, one that is held and one that is kept, of the seller's partner."""
    manager, seller = Person(stack, MANAGER), Person(stack, SELLER)
    queue = manager.api("queues/", {"name": "Restaurants"})
    assert queue.status_code == 201, queue.text
    waiting, kept = _sent(manager, "queue"), _sent(manager, "keep")
    taken = seller.api(f"leads/{waiting}/claim/", {})
    assert taken.status_code == 200, taken.text
    row = _sent(manager, "queue")
    listed = seller.look("/tallvik/api/v1/leads/queue/").json()["results"]
    queued = next(one["id"] for one in listed if one["lead"] == row)
    return {"queue": queue.json()["id"], "held": waiting, "kept": kept, "queued": queued}


def _sent(manager: Person, way: str) -> str:
    made = manager.api("vendor-leads/", LEAD | {"way": way})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def waiting(house: Any, count: int) -> None:
    """So many leads in the queue of all."""
    lead = Lead.objects.get(pk=house.records["free"]["own"])
    leads = copies(lead, count, number=lambda number: 5000 + number)
    row = QueuedLead.objects.get(lead=lead)
    copies(
        row,
        count,
        lead_id=lambda number: leads[number].pk,
        number=lambda number: 5000 + number,
        place=lambda _number: "queue",
        need=name,
        since=moment,
    )


def queues(house: Any, count: int) -> None:
    row = Queue.objects.get(pk=house.records["queue"]["own"])
    copies(row, count, name=lambda number: f"{name(number)[:60]} {number}", position=lambda number: 1 + number // 3)


LISTS = {
    **list_of(WaitingList, waiting, reader="R", api="leads/queue"),
    **list_of(QueueList, queues, reader="C"),
}
UNTIL = {"until": "2026-12-03T10:00:00+00:00"}
WHY = UNTIL | {"reason_text": "Too far away."}
LETTERS = letters_of(
    "held",
    (("lead.claimed", "R", UNTIL), ("lead.claimed", "C", UNTIL)),
    words=lambda house, lead: event_data(lead),
) | letters_of(
    "claim",
    (
        ("claim.offered", "C", UNTIL),
        ("claim.reminded", "C", UNTIL),
        ("claim.declined", "R", WHY),
        ("claim.expired", "C", UNTIL),
        ("claim.withdrawn", "C", WHY),
        ("claim.returned", "R", WHY),
        ("claim.taken_back", "C", WHY),
        ("claim.reported_dead", "R", WHY),
        ("claim.found_alive", "C", WHY),
        ("claim.warned", "C", UNTIL),
        ("claim.lapsed", "C", UNTIL),
    ),
    words=lambda house, claim: CLAIMS.event_data(claim),
)
