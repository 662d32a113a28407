"""What appeals and clones bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from leads.models import Lead
from leads.services import appeal_lead, refuse_lead
from partnerhub.appeals.models import Appeal
from partnerhub.appeals.services import APPEALS, clone_lead
from partnerhub.appeals.states import Status
from partnerhub.appeals.tables import AppealList
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.folding import fold
from tests.brought import LEADS, Sent, Steps, each, files_of, rows
from tests.kits.declared import letters_of, list_of, steps_of, walls_of
from tests.kits.rows import copies, moment, name
from tests.stack import MANAGER, OTHER_MANAGER, SELLER, Person, Stack
from tests.upgrades.brings import merchants_lead

ADDRESSES = rows(
    """
    GET appeals/ RUCSFP
    GET appeals/export.csv RUCSFP
    GET appeals/export.xlsx RUCSFP
    GET appeals/<uuid:appeal_id>/ RUCSFP appeal
    GET,POST leads/<uuid:lead_id>/clone/ R over
    GET api/v1/appeals/ RUCSFP
    GET api/v1/appeals/export/ RUCSFP
    GET api/v1/appeals/<uuid:appeal_id>/ RUCSFP appeal
    GET api/v1/appeals/<uuid:appeal_id>/timeline/ RUCSFP appeal
    POST api/v1/leads/<uuid:lead_id>/clone/ R over
    GET api/v1/leads/<uuid:lead_id>/clones/ RUCSFP lead
    """
)
STEPS = {"appeal": Steps("appeals", record="appeal", seen_by=LEADS, roles={"uphold": "CP", "reject": "CP"})}
PAGES = {
    "appeals/": each("appeals/", SELLER, MANAGER),
    "appeals/<uuid:appeal_id>/": each("appeals/{appeal}/", SELLER, MANAGER),
    "appeals/<uuid:record_id>/<slug:step>/": (
        *each("appeals/{appeal}/uphold/", OTHER_MANAGER),
        *each("appeals/{appeal}/reject/", OTHER_MANAGER, MANAGER),
    ),
    "leads/<uuid:lead_id>/clone/": each("leads/{not_eligible}/clone/", SELLER),
}
NO_PAGE = files_of("appeals")
RECORDS = {"appeal": Appeal, "over": Lead}
ROADS = {
    "appeals.Appeal": ("step appeal",),
    "appeals.LeadClone": ("POST leads/<uuid:lead_id>/clone/", "POST api/v1/leads/<uuid:lead_id>/clone/"),
}


def written(house: Any) -> dict[str, Sent]:
    return {"POST api/v1/leads/<uuid:lead_id>/clone/": Sent("R", {})}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """An appeal of each partner, and a lead of each that is not eligible."""
    appeals, over = {}, {}
    for whose, by in (("own", house.cast.seller), ("rival", house.cast.rival)):
        lead, refused = (
            house.new_lead(by, company=f"{word} {whose}", website=f"https://{word.lower()}-{whose}.example.org")
            for word in ("Appealed", "Refused")
        )
        with house.acting(house.cast.manager):
            for one in (lead, refused):
                refuse_lead(one.pk, code="not_a_fit", text="They have no shop.", by=house.cast.manager)
        with house.acting(by):
            appeal_lead(lead.pk, text="They open one in May.", by=by)
        with tenant_scope(house.tenant):
            if whose == "own":  # also seen by who sees their own leads alone; and the house's manager may decide
                seen = {"owner": house.cast.colleague, "representative": house.cast.representative}
                Lead.objects.filter(pk__in=[lead.pk, refused.pk]).update(**seen)
            Appeal.objects.update(refused_person=None)
            appeals[whose], over[whose] = Appeal.objects.get(lead=lead).pk, refused.pk
    return {"appeal": appeals, "over": over}


def known(stack: Stack) -> dict[str, str]:
    """A lead that is refused and appealed, by the API."""
    seller, manager = Person(stack, SELLER), Person(stack, MANAGER)
    lead = merchants_lead(seller, "appealed-merchant")
    for who, step, body in (
        (manager, "refuse", {"code": "not_a_fit", "text": "They have no shop."}),
        (seller, "appeal", {"text": "They open one in May."}),
    ):
        answer = who.api(f"leads/{lead['id']}/{step}/", body, **{"If-Match": "*"})
        assert answer.status_code == 200, answer.text
    found = seller.look("/tallvik/api/v1/appeals/").json()["results"]
    return {"appeal": next(one["id"] for one in found if one["lead"] == lead["id"])}


def appeals(house: Any, count: int) -> None:
    states = [status.value for status in Status]
    leads = copies(Lead.objects.get(pk=house.records["over"]["own"]), count, number=lambda number: 5000 + number)
    copies(
        Appeal.objects.get(pk=house.records["appeal"]["own"]),
        count,
        lead_id=lambda number: leads[number].pk,
        company=name,
        company_key=lambda number: fold(name(number)),
        status=lambda number: states[number % len(states)],
        created_at=moment,
        due_at=lambda number: moment(number // 2),
    )


def clones(house: Any) -> None:
    """A clone of each partner's."""
    for whose, by in (("own", house.cast.seller), ("rival", house.cast.rival)):
        with house.acting(by):
            clone_lead(house.records["over"][whose], draft_id=new_id(), by=by)


LISTS = list_of(AppealList, appeals)
WALLS = {"appeals.LeadClone": walls_of(clones)}
MACHINES = steps_of(
    "appeal",
    {"uphold": ((Status.OPEN,), Status.UPHELD), "reject": ((Status.OPEN,), Status.REJECTED)},
    columns=lambda house, state, step: {"status_changed_at": moment(0), "updated_at": moment(0)},
    sent=lambda house, step: {"text": "They have one."} | ({"code": "not_a_fit"} if step == "reject" else {}),
)
REASON = {"reason_text": "They have one."}
LETTERS = letters_of(
    "appeal",
    (
        ("appeal.upheld", "C", REASON),
        ("appeal.rejected", "C", REASON | {"reason_code": "not_a_fit", "reason_word": "Not a fit"}),
        ("appeal.reminded", "C", {}),
        ("appeal.late", "C", {}),
    ),
    words=lambda house, appeal: APPEALS.event_data(appeal),
)
