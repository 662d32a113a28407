"""Deals over the API."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from deals.serializers.deals import ChangeDealBody, CloneDealBody, DealSerializer, NewDealBody, WinDealBody
from deals.services.deals import DEALS, clone_deal, edit_deal, open_deal
from deals.tables.deals import DealList
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.records.api import Resource
from partnerhub.records.changing import change_action
from partnerhub.records.making import make_action
from partnerhub.roles import DEALS_EDIT, DEALS_MANAGE
from partnerhub.states import Api
from partnerhub.web.schema import ETAG, LOCATION


class DealsAPI(Resource, SeatViewSet):
    records, list_class, serializer = DEALS, DealList, DealSerializer
    id_name, tag, one = "deal_id", "Deals", "a deal"
    acts = {"create": DEALS_MANAGE, "clone": DEALS_MANAGE, "partial_update": DEALS_EDIT}
    bodies = {"edit": ChangeDealBody, "win": WinDealBody}

    @extend_schema(
        operation_id="deals_create",
        summary="Open a deal",
        tags=["Deals"],
        parameters=[ETAG, LOCATION],
        request=NewDealBody,
        responses={201: DealSerializer},
    )
    def create(self, request: Request) -> Response:
        """Active at once. Your organisation needs a published, co-sell ready solution; 409 says what is missing."""
        deal = open_deal(by=self.membership, **NewDealBody.read(request.data))
        response = self.answer(deal, 201)
        response["Location"] = reverse("api-deal", args=[deal.pk])
        return response

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
        body=CloneDealBody,
        api=Api("Clone a deal", "A new deal with what this one says; each names the other.", word="deals_clone"),
        tag="Deals",
        serializer=DealSerializer,
        answers="api-deal",
    )
