"""Deals over the API."""

from typing import Any

from deals.serializers.deals import ChangeDealBody, DealSerializer
from deals.services.deals import DEALS, edit_deal
from deals.services.opening import clone_deal, open_deal
from deals.services.records import COMPANIES, CONTACTS
from deals.services.sharing import share_with_company, share_with_contact
from deals.states.deals import CLONE_DEAL, NEW_DEAL, SHARED_WITH_COMPANY, SHARED_WITH_CONTACT
from deals.tables.deals import DealList
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.records.adding import add_action
from partnerhub.records.api import Method, Resource
from partnerhub.records.bodies import body_of
from partnerhub.records.changing import change_action
from partnerhub.records.kept import Kept
from partnerhub.records.making import Verb, make_action
from partnerhub.roles import DEALS_EDIT, DEALS_MANAGE
from partnerhub.states import Api, Asks


def share_action(kept: Kept[Any], id_name: str, verb: Verb, asked: Asks) -> Method:
    """The action by which a new deal with a customer is shared."""
    return make_action(
        *(kept, id_name, verb),
        body=body_of(asked),
        api=Api(
            "Create a shared deal",
            "A co-sell deal that the vendor sees at once. 409 says what your organisation lacks to share deals.",
            word=f"{kept.plural}_share",
        ),
        tag="Deals",
        serializer=DealSerializer,
        answers="api-deal",
    )


class DealsAPI(Resource, SeatViewSet):
    records, list_class, serializer = DEALS, DealList, DealSerializer
    id_name, tag, one = "deal_id", "Deals", "a deal"
    acts = {"partial_update": DEALS_EDIT, "create": DEALS_MANAGE, "clone": DEALS_MANAGE}
    acts |= {"with_company": DEALS_MANAGE, "with_contact": DEALS_MANAGE}
    bodies = {"edit": ChangeDealBody}

    create = add_action(
        *(DEALS, open_deal, NEW_DEAL),
        api=Api(
            "Open a deal",
            "Active at once. Your organisation needs a published, co-sell ready solution; 409 says what is missing.",
        ),
        tag="Deals",
        serializer=DealSerializer,
        answers="api-deal",
    )
    with_company = share_action(COMPANIES, "company_id", share_with_company, SHARED_WITH_COMPANY)
    with_contact = share_action(CONTACTS, "contact_id", share_with_contact, SHARED_WITH_CONTACT)
    partial_update = change_action(
        edit_deal,
        step="edit",
        body=ChangeDealBody,
        api=Api("Change a deal", "What is not sent stays. A closed deal never changes.", word="deals_change"),
        tag="Deals",
        serializer=DealSerializer,
    )
    clone = make_action(
        *(DEALS, "deal_id", clone_deal),
        body=body_of(CLONE_DEAL),
        api=Api("Clone a deal", "A new deal with what this one says; each names the other.", word="deals_clone"),
        tag="Deals",
        serializer=DealSerializer,
        answers="api-deal",
    )
