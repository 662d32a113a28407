"""Registrations and incentives over the API, and the rules for them."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from deals.services import DEALS
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import Reason
from partnerhub.records.adding import add_action
from partnerhub.records.api import Resource
from partnerhub.records.making import make_action
from partnerhub.records.people import people
from partnerhub.records.ruled import rules_api
from partnerhub.registrations.models import Registration
from partnerhub.registrations.selectors import conditions_for, conditions_of, incentive_rule, incentives_offered
from partnerhub.registrations.serializers import (
    DealRegistrationsSerializer,
    IncentiveSerializer,
    RegisterDealBody,
    RegistrationRuleBody,
    RegistrationRuleSerializer,
    RegistrationSerializer,
    condition_json,
)
from partnerhub.registrations.services import (
    INCENTIVES,
    REGISTRATIONS,
    add_incentive,
    change_incentive_rule,
    register_for_incentive,
)
from partnerhub.registrations.states import NEW_INCENTIVE
from partnerhub.registrations.tables import IncentiveList, RegistrationList
from partnerhub.roles import PARTNER, PROGRAMS_MANAGE, REGISTRATIONS_REGISTER
from partnerhub.states import Api

REGISTRATIONS_TAG = "Incentive registrations"
MOST_CLAIMS_TOLD = 100


class RegistrationsAPI(Resource, SeatViewSet):
    records, list_class, serializer = REGISTRATIONS, RegistrationList, RegistrationSerializer
    id_name, tag, one = "registration_id", REGISTRATIONS_TAG, "an incentive registration"
    acts = {"register": REGISTRATIONS_REGISTER}

    register = make_action(
        *(DEALS, "deal_id", register_for_incentive),
        body=RegisterDealBody,
        api=Api(
            "Register a won deal",
            "A draft of a claim for the incentive, or the one that is there already. 409 says what is missing. Where "
            "the vendor registers, the owner is whom the partner’s deals go to.",
            word="deals_register",
        ),
        tag=REGISTRATIONS_TAG,
        serializer=RegistrationSerializer,
        answers="api-registration",
    )

    @extend_schema(
        operation_id="deals_registrations",
        summary="Read the incentive registrations of a deal",
        tags=[REGISTRATIONS_TAG],
        responses={200: DealRegistrationsSerializer},
    )
    def of_deal(self, request: Request, deal_id: UUID) -> Response:
        """With each condition of another one, met or missing, and what it could be registered for."""
        try:
            deal = DEALS.find(self.membership, deal_id)
        except ObjectDoesNotExist:
            raise Http404 from None
        rows = REGISTRATIONS.rows(self.membership).filter(deal=deal).order_by("-created_at")[:MOST_CLAIMS_TOLD]
        offered = list(incentives_offered())
        lists: list[list[Reason]] = [conditions_of(deal), *(conditions_for(deal, one) for one in offered)]
        conditions, *others = (
            [condition_json(one) for one in found] for found in people().with_names(lists, self.membership)
        )
        offers = [
            {"incentive": dict(IncentiveSerializer(one).data), "conditions": asked}
            for one, asked in zip(offered, others, strict=True)
        ]
        return Response({"registrations": [self.json(row) for row in rows], "conditions": conditions, "offers": offers})

    def json(self, record: Registration) -> dict[str, Any]:
        found = super().json(record)
        return found | {"amount_approved_by": None} if self.membership.side == PARTNER else found


class IncentivesAPI(Resource, SeatViewSet):
    records, list_class, serializer = INCENTIVES, IncentiveList, IncentiveSerializer
    id_name, tag, one = "incentive_id", "Incentives", "an incentive"
    acts = {"create": PROGRAMS_MANAGE}
    create = add_action(
        *(INCENTIVES, add_incentive, NEW_INCENTIVE),
        api=Api("Add an incentive", "Won deals can be registered for it at once, if it is for own solutions."),
        tag="Incentives",
        serializer=IncentiveSerializer,
        answers="api-incentive",
    )


RegistrationRulesAPI = rules_api(
    "registration_rules",
    current=incentive_rule,
    verb=change_incentive_rule,
    serializer=RegistrationRuleSerializer,
    body=RegistrationRuleBody,
    tag=REGISTRATIONS_TAG,
    read=Api(
        "The rules for incentive registrations",
        "Within how many days partners send and answer, and from which contract value on two people approve.",
    ),
    change=Api(
        "Change the rules for incentive registrations",
        "What is not sent stays. They hold for what is registered, sent and asked from now on.",
    ),
)
