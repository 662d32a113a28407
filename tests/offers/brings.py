"""What offered deals bring to the tests of the whole house: see tests/brought.py."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from partnerhub.offers.models import DealOffer
from partnerhub.offers.services import OFFERS, send_offer
from partnerhub.offers.states import OfferStatus
from partnerhub.offers.tables import OfferList
from tests.brought import Sent, Steps, each, files_of, rows
from tests.kits.declared import letters_of, list_of, steps_of
from tests.kits.rows import copies, moment, name
from tests.stack import MANAGER, SELLER, Person, Stack

ADDRESSES = rows(
    """
    GET offers/ RCFP
    GET offers/export.csv RCFP
    GET offers/export.xlsx RCFP
    GET,POST offers/new/ C
    GET offers/<uuid:offer_id>/ RCFP offer
    GET api/v1/offers/ RCFP
    POST api/v1/offers/ C
    GET api/v1/offers/export/ RCFP
    GET api/v1/offers/<uuid:offer_id>/ RCFP offer
    GET api/v1/offers/<uuid:offer_id>/timeline/ RCFP offer
    """
)
STEPS = {
    "dealoffer": Steps(
        "offers",
        record="offer",
        seen_by="RCFP",
        roles={"accept": "R", "decline": "R", "withdraw": "C"},
    )
}
PAGES = {
    "offers/": each("offers/", SELLER, MANAGER),
    "offers/new/": each("offers/new/", MANAGER),
    "offers/<uuid:offer_id>/": each("offers/{offer}/", SELLER, MANAGER),
    "offers/<uuid:record_id>/<slug:step>/": (
        *each("offers/{offer}/accept/", SELLER),
        *each("offers/{offer}/decline/", SELLER),
        *each("offers/{offer}/withdraw/", MANAGER),
    ),
}
NO_PAGE = files_of("offers")
RECORDS = {"offer": DealOffer}
ROADS = {"offers.DealOffer": ("POST offers/new/", "POST api/v1/offers/")}
FOLLOWS = {"offers.OfferedCustomer": "offers.DealOffer"}
BODY = {
    "need": "Tills for a chain of bakeries",
    "company": "Nissen",
    "website": "https://nissen.example.org",
    "email": "ada@nissen.example.org",
    "last_name": "Nissen",
    "country": "DE",
    "postcode": "24103",
    "value_minor": 2_700_000,
    "currency": "EUR",
    "close_date": "2027-04-30",
    "consent": True,
}


def offered(house: Any, partner: Any) -> DealOffer:
    with house.acting(house.cast.manager):
        columns = BODY | {"close_date": moment(0).date() + timedelta(days=200)}
        return send_offer(by=house.cast.manager, partner=partner.pk, **columns)


def written(house: Any) -> dict[str, Sent]:
    return {"POST api/v1/offers/": Sent("C", BODY | {"partner": str(house.nordwind.pk)})}


def records(house: Any) -> dict[str, dict[str, Any]]:
    partners = {"own": house.nordwind, "rival": house.baltkassa}
    return {"offer": {whose: offered(house, partner).pk for whose, partner in partners.items()}}


def known(stack: Stack) -> dict[str, str]:
    """One that waits, of the seller's, from the demo's data."""
    rows = Person(stack, SELLER).look("/tallvik/api/v1/offers/?status=received").json()["results"]
    return {"offer": rows[0]["id"]}


def offers(house: Any, count: int) -> None:
    states = [status.value for status in OfferStatus]
    copies(
        DealOffer.objects.get(pk=house.records["offer"]["own"]),
        count,
        need=name,
        status=lambda number: states[number % len(states)],
        due_at=moment,
        updated_at=moment,
    )


LISTS = list_of(OfferList, offers, reader="C")
WAITS = (OfferStatus.RECEIVED,)


def lacking_nothing(house: Any, state: str, step: str) -> dict[str, Any]:
    return {"status_changed_at": moment(0), "updated_at": moment(0), "due_at": now() + timedelta(days=9)}


ACCEPTED = {"name": "Tills for Nissen", "value_minor": 2_500_000, "currency": "EUR", "close_date": "2027-04-30"}
TYPED = {"name": "Tills for Nissen", "value": "25,000", "currency": "EUR", "close_date": "2027-04-30"}
SAID = {"decline": {"code": "capacity", "text": "Not before spring."}, "withdraw": {"text": "They have bought."}}
MACHINES = steps_of(
    "dealoffer",
    {
        "accept": (WAITS, OfferStatus.ACCEPTED),
        "decline": (WAITS, OfferStatus.DECLINED),
        "withdraw": (WAITS, OfferStatus.WITHDRAWN),
    },
    columns=lacking_nothing,
    sent=lambda house, step: SAID.get(step, ACCEPTED),
    typed=lambda house, step: SAID.get(step, TYPED),
)
LETTERS = letters_of(
    "offer",
    (
        ("dealoffer.sent", "C", {}),
        ("dealoffer.reminded", "C", {}),
        ("dealoffer.withdrawn", "C", {"reason_text": "They have bought."}),
        ("dealoffer.accepted", "R", {}),
        ("dealoffer.declined", "R", {"reason_text": "No capacity"}),
        ("dealoffer.expired", "C", {}),
    ),
    words=lambda house, offer: OFFERS.event_data(offer),
)
