"""What the conflict desk brings to the tests of the whole house: see tests/brought.py."""

from typing import Any
from uuid import UUID

from leads.models import Lead
from leads.services.steps import event_data
from leads.states import Conflict
from partnerhub.conflicts.models import ConflictCase, CreditShare
from partnerhub.conflicts.services import CASES, look_for_flags, open_case
from partnerhub.conflicts.states import Status
from partnerhub.conflicts.tables import CaseList
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.folding import fold
from tests.brought import Steps, each, files_of, rows
from tests.kits.declared import letters_of, list_of, steps_of, walls_of
from tests.kits.rows import copies, moment, name
from tests.stack import MANAGER, SELLER, Person, Stack
from tests.upgrades.brings import merchants_lead

ADDRESSES = rows(
    """
    GET conflicts/ CP
    GET conflicts/export.csv CP
    GET conflicts/export.xlsx CP
    GET conflicts/<uuid:conflict_id>/ CP conflict
    GET api/v1/conflicts/ CP
    GET api/v1/conflicts/export/ CP
    GET api/v1/conflicts/<uuid:conflict_id>/ CP conflict
    GET api/v1/conflicts/<uuid:conflict_id>/timeline/ CP conflict
    """
)
ROLES = dict.fromkeys(("stand", "decide", "split", "clear-flags", "confirm-flags"), "C")
STEPS = {"conflictcase": Steps("conflicts", record="conflict", seen_by="CP", roles=ROLES)}
PAGES = {
    "conflicts/": each("conflicts/", MANAGER),
    "conflicts/<uuid:conflict_id>/": each("conflicts/{conflict}/", MANAGER),
    "conflicts/<uuid:record_id>/<slug:step>/": (
        *each("conflicts/{conflict}/stand/", MANAGER),
        *each("conflicts/{conflict}/decide/", MANAGER),
        *each("conflicts/{conflict}/split/", MANAGER),
        *each("conflicts/{flagged}/clear-flags/", MANAGER),
        *each("conflicts/{flagged}/confirm-flags/", MANAGER),
    ),
}
NO_PAGE = files_of("conflicts")
RECORDS = {"conflict": ConflictCase}
ROADS = {
    "conflicts.ConflictCase": ("POST leads/new/<slug:program>/", "POST api/v1/leads/"),
    "conflicts.CreditShare": ("step split",),
}
FOLLOWS = {"conflicts.FlagWatch": "leads.Lead"}
FLAGGED = """
    SELECT conflict.id FROM conflicts_conflictcase conflict JOIN tenancy_tenant tenant ON tenant.id = conflict.tenant_id
    WHERE tenant.slug = 'tallvik' AND conflict.has_open_flags LIMIT 1
"""


def in_review(house: Any, lead: Lead) -> ConflictCase:
    """The case of a lead that its partner sent for review."""
    with tenant_scope(house.tenant):
        Lead.objects.filter(pk=lead.pk).update(conflict=Conflict.HELD, is_in_review=True, review_text="We met in May.")
        return open_case(lead.pk)


def pair(house: Any, host: str) -> tuple[Lead, Lead]:
    """A lead of each partner for one business, the rival's first."""
    there, here = (
        house.new_lead(by, company=host.title(), website=f"https://{host}.example.org")
        for by in (house.cast.rival, house.cast.seller)
    )
    return here, there


def records(house: Any) -> dict[str, dict[str, Any]]:
    """A case in which a lead of each partner stands against one of the other's."""
    here, _there = pair(house, "colliding")
    return {"conflict": {"own": in_review(house, here).pk}}


def known(stack: Stack) -> dict[str, str]:
    """A lead that collides with an account of the vendor's, sent for review by the API; and the demo's flagged one."""
    seller, manager = Person(stack, SELLER), Person(stack, MANAGER)
    account = {
        "name": "Reviewed Merchant",
        "domains": ["reviewed-merchant.example.org"],
        "customer_since": "2024-03-01",
    }
    made = manager.api("vendor-accounts/", account)
    assert made.status_code == 201, made.text
    lead = merchants_lead(seller, "reviewed-merchant", review="We met in May.")
    found = manager.look("/tallvik/api/v1/conflicts/").json()["results"]
    ((flagged,),) = stack.rows(FLAGGED)
    return {"conflict": next(one["id"] for one in found if one["lead"] == lead["id"]), "flagged": str(flagged)}


def conflicts(house: Any, count: int) -> None:
    states = [status.value for status in Status]
    own = ConflictCase.objects.get(pk=house.records["conflict"]["own"])
    leads = copies(Lead.objects.get(pk=own.lead_id), count, number=lambda number: 6000 + number)
    copies(
        own,
        count,
        lead_id=lambda number: leads[number].pk,
        company=name,
        company_key=lambda number: fold(name(number)),
        status=lambda number: states[number % len(states)],
        verdict=lambda number: ("held", "customer", "")[number % 3],
        flags=lambda number: [["burst"], ["own_business", "two_partners"], []][number % 3],
        created_at=moment,
    )


def shares(house: Any) -> None:
    """Sixty for one partner's lead, forty for the other's."""
    here, there = pair(house, "shared")
    case = in_review(house, here)
    with tenant_scope(house.tenant):
        CreditShare.objects.bulk_create(
            CreditShare(case=case, lead=lead, partner_id=lead.partner_id, percent=percent)
            for lead, percent in ((here, 60), (there, 40))
        )


def columns(house: Any, state: str, step: str) -> dict[str, Any]:
    """A case whose lead is in review, and collides with another partner's."""
    flags = {"flags": ["burst"], "has_open_flags": True} if step.endswith("flags") else {}
    return {"status_changed_at": moment(0), "updated_at": moment(0), "has_open_flags": False} | flags


def sent(house: Any, step: str) -> dict[str, Any]:
    with tenant_scope(house.tenant):
        case = ConflictCase.objects.get(pk=house.records["conflict"]["own"])
    parts = [{"lead": str(case.lead_id), "percent": 60}, {"lead": str(case.rivals[0]), "percent": 40}]
    more: dict[str, Any] = {"decide": {"winner": str(case.lead_id)}, "split": {"shares": parts}}.get(step, {})
    if step == "clear_flags":
        return {"note": "We called them."}
    if step == "confirm_flags":
        more = {"note": "We called them."}
    return {"text": "Both have met them."} | more


def typed(house: Any, step: str) -> dict[str, Any]:
    told = sent(house, step)
    shares = {f"share_{UUID(one['lead']).hex}": one["percent"] for one in told.pop("shares", [])}
    return told | shares


LISTS = list_of(CaseList, conflicts)
WALLS = {
    "conflicts.CreditShare": walls_of(shares),
    "conflicts.FlagWatch": walls_of(lambda house: look_for_flags()),
}
MACHINES = steps_of(
    "conflictcase",
    {
        "stand": ((Status.OPEN,), Status.STANDS),
        "decide": ((Status.OPEN,), Status.DECIDED),
        "split": ((Status.OPEN,), Status.SPLIT),
        "clear_flags": ((Status.OPEN,), None),
        "confirm_flags": ((Status.OPEN,), Status.REFUSED),
    },
    columns=columns,
    sent=sent,
    typed=typed,
)
LETTERS = letters_of(
    "conflict", (("conflict.opened", "R", {}),), words=lambda house, case: CASES.event_data(case)
) | letters_of(
    "lead",
    (("lead.conflict_decided", "C", {"reason_text": "Both have met them.", "share": 40}),),
    words=lambda house, lead: event_data(lead),
)
