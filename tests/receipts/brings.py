"""What receipts bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from partnerhub.receipts.models import Receipt
from partnerhub.tenancy.scope import tenant_scope
from tests.brought import Sent, Visit, each, rows
from tests.outside.people import ANYBODY
from tests.stack import MANAGER, SELLER

ADDRESSES = rows(
    """
    GET leads/<uuid:lead_id>/receipt/ RUCSFP lead
    GET leads/<uuid:lead_id>/receipt.pdf RUCSFP lead
    GET,POST receipts/ public
    GET api/v1/leads/<uuid:lead_id>/receipt/ RUCSFP lead
    POST api/v1/receipts/check/ RUCSFP
    """
)
PAGES = {
    "leads/<uuid:lead_id>/receipt/": each("leads/{submitted}/receipt/", SELLER, MANAGER),
    "receipts/": (Visit(ANYBODY, "receipts/"),),
}
NO_PAGE = {"leads/<uuid:lead_id>/receipt.pdf": "a file"}
FOLLOWS = {"receipts.Receipt": "leads.Lead"}


def written(house: Any) -> dict[str, Sent]:
    with tenant_scope(house.tenant):
        receipt = Receipt.objects.first()
    return {"POST api/v1/receipts/check/": Sent("R", {"number": receipt.reference, "hash": receipt.digest})}
