"""What the vendor's responses bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from deals.models import Deal, DealSide
from deals.services import DEALS, open_deal
from partnerhub.partners.models import Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.responses.models import ResponseRule, VendorResponse
from partnerhub.responses.services import RESPONSES
from partnerhub.responses.states import ResponseStatus
from partnerhub.responses.tables import ResponseList
from tests.brought import Sent, Steps, each, files_of, rows
from tests.kits.declared import letters_of, list_of, steps_of, walls_of
from tests.kits.rows import copies, moment
from tests.outside.people import PROGRAMME_ADMIN
from tests.stack import MANAGER, SELLER, Person, Stack

ADDRESSES = rows(
    """
    GET responses/ RUCSFP
    GET responses/export.csv RUCSFP
    GET responses/export.xlsx RUCSFP
    GET responses/<uuid:response_id>/ RUCSFP response
    GET,POST programme/responses/ P
    GET api/v1/responses/ RUCSFP
    GET api/v1/responses/export/ RUCSFP
    GET api/v1/responses/<uuid:response_id>/ RUCSFP response
    GET api/v1/responses/<uuid:response_id>/timeline/ RUCSFP response
    GET,PATCH api/v1/response-rules/ P
    """
)
STEPS = {
    "vendorresponse": Steps(
        "responses",
        record="response",
        seen_by="RUCSFP",
        roles={"accept": "CS", "decline": "CS", "create-again": "RU"},
    )
}
PAGES = {
    "responses/": each("responses/", SELLER, MANAGER),
    "responses/<uuid:response_id>/": each("responses/{response}/", SELLER, MANAGER),
    "responses/<uuid:record_id>/<slug:step>/": (
        *each("responses/{response}/accept/", MANAGER),
        *each("responses/{response}/decline/", MANAGER),
    ),
    "programme/responses/": each("programme/responses/", PROGRAMME_ADMIN),
}
NO_PAGE = files_of("responses")
RECORDS = {"response": VendorResponse}
ROADS = {"responses.ResponseRule": ("POST programme/responses/", "PATCH api/v1/response-rules/")}
FOLLOWS = {"responses.VendorResponse": "deals.Deal"}
WALLS = {"responses.ResponseRule": walls_of(lambda house: ResponseRule.objects.create())}


def written(house: Any) -> dict[str, Sent]:
    rules = {"answer_days": 21, "is_threshold_on": False, "threshold_minor": 1_000_000, "currency": "EUR"}
    return {"PATCH api/v1/response-rules/": Sent("P", rules)}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """What is asked when both partners share a deal; of Nordwind's the sales representative answers."""
    cast, found = house.cast, {}
    for whose, who, team in (("own", cast.seller, cast.colleague), ("rival", cast.rival, cast.rival)):
        with house.acting(who):
            found[whose] = VendorResponse.objects.get(deal=shared_by(who, team)).pk
    with house.acting(cast.manager):
        VendorResponse.objects.filter(pk=found["own"]).update(representative=cast.representative)
    return {"response": found}


def shared_by(who: Any, team: Any, name: str = "To be sold with help") -> Deal:
    """A deal that this person opens and shares with the vendor."""
    ready = {"status": SolutionStatus.CO_SELL_READY, "name": name}
    solution = Solution.objects.create(partner_id=who.partner_id, **ready)
    named = {"solutions": [solution.pk], "team": [team.pk]}
    money = {"value_minor": 4_200_000, "currency": "USD", "close_date": moment(0).date()}
    return open_deal(
        by=who, name="Tills with help", company="Hilfe & Söhne", consent=True, type="co_sell", **money, **named
    )


def known(stack: Stack) -> dict[str, str]:
    """One that waits, of the seller's, from the demo's data."""
    rows = Person(stack, SELLER).look("/tallvik/api/v1/responses/?status=pending").json()["results"]
    return {"response": rows[0]["id"]}


def responses(house: Any, count: int) -> None:
    own = VendorResponse.objects.get(pk=house.records["response"]["own"])
    deals = copies(Deal.objects.get(pk=own.deal_id), count)
    DealSide.objects.bulk_create(
        [DealSide(deal=one, partner_id=side) for one in deals for side in (own.partner_id, None)]
    )
    states = [status.value for status in ResponseStatus]
    copies(
        own,
        count,
        deal_id=lambda number: deals[number].pk,
        status=lambda number: states[number % len(states)],
        due_at=moment,
        updated_at=moment,
    )


LISTS = list_of(ResponseList, responses, reader="P")
PENDING = (ResponseStatus.PENDING,)


def lacking_nothing(house: Any, state: str, step: str) -> dict[str, Any]:
    return {"status_changed_at": moment(0), "updated_at": moment(0)}


MACHINES = steps_of(
    "vendorresponse",
    {
        "accept": (PENDING, ResponseStatus.ACCEPTED),
        "decline": (PENDING, ResponseStatus.DECLINED),
        "create_again": ((ResponseStatus.DECLINED,), None),
    },
    columns=lacking_nothing,
    sent=lambda house, step: {"decline": {"code": "capacity", "text": "Not before spring."}}.get(step, {}),
)
DUE = {"due_at": "2026-12-11T16:00:00+00:00"}
LETTERS = letters_of(
    "response",
    (("response.asked", "R", DUE), ("response.reminded", "R", DUE), ("response.expired", "R", DUE)),
    words=lambda house, response: {
        **RESPONSES.event_data(response),
        "representative_id": str(house.people["S"].pk),
    },
) | letters_of(
    "deal",
    (
        ("deal.response_accepted", "C", {"seller": "Ada Berg", "seller_email": "ada@acme.example", "seller_phone": ""}),
        ("deal.response_declined", "C", {"code": "no_seller", "reason_text": "Ask Ms Holm."}),
        ("deal.response_declined", "C", {"withheld": "below_threshold", "threshold": "USD 25,000"}),
        ("deal.response_expired", "C", {"withheld": "expired", "threshold": ""}),
    ),
    words=lambda house, deal: DEALS.event_data(deal),
)
