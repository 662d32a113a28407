"""Deals over the API."""

from deals.serializers.deals import ChangeDealBody, DealSerializer
from deals.services.deals import DEALS, edit_deal
from deals.services.opening import clone_deal, open_deal
from deals.states.deals import CLONE_DEAL, NEW_DEAL
from deals.tables.deals import DealList
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.records.adding import add_action
from partnerhub.records.api import Resource
from partnerhub.records.bodies import body_of
from partnerhub.records.changing import change_action
from partnerhub.records.making import make_action
from partnerhub.roles import DEALS_EDIT, DEALS_MANAGE
from partnerhub.states import Api


class DealsAPI(Resource, SeatViewSet):
    records, list_class, serializer = DEALS, DealList, DealSerializer
    id_name, tag, one = "deal_id", "Deals", "a deal"
    acts = {"create": DEALS_MANAGE, "clone": DEALS_MANAGE, "partial_update": DEALS_EDIT}
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
