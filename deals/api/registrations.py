"""Deal registrations over the API, and the rules for them."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from deals.models import DealRegistrationRule
from deals.selectors.registrations import registration_rule
from deals.serializers.registrations import (
    DealRegistrationRuleBody,
    DealRegistrationRuleSerializer,
    DealRegistrationSerializer,
)
from deals.services.registering import DEAL_REGISTRATIONS
from deals.services.registration_rules import change_registration_rule
from deals.tables.registrations import DealRegistrationList
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import Stale
from partnerhub.records.api import Resource
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.web.schema import ETAG, IF_MATCH


class DealRegistrationsAPI(Resource):
    records, list_class, serializer = DEAL_REGISTRATIONS, DealRegistrationList, DealRegistrationSerializer
    id_name, tag, one = "dealregistration_id", "Deals", "a deal registration"


class DealRegistrationRuleViewSet(SeatViewSet):
    permission: ClassVar[str | dict[str, str]] = PROGRAMS_MANAGE

    @extend_schema(
        operation_id="deal_registration_rules_retrieve",
        summary="The rules for deal registrations",
        tags=["Deals"],
        parameters=[ETAG],
        responses={200: DealRegistrationRuleSerializer},
    )
    def retrieve(self, request: Request) -> Response:
        """For how many days a registered deal protects its customer, and how many more an extension adds."""
        return self.answer(registration_rule())

    @extend_schema(
        operation_id="deal_registration_rules_change",
        summary="Change the rules for deal registrations",
        tags=["Deals"],
        parameters=[IF_MATCH, ETAG],
        request=DealRegistrationRuleBody,
        responses={200: DealRegistrationRuleSerializer},
    )
    def partial_update(self, request: Request) -> Response:
        """What is not sent stays. They hold for what is registered and extended from now on."""
        seen, sent = self.seen_version(), DealRegistrationRuleBody.read(request.data)
        try:
            return self.answer(change_registration_rule(by=self.membership, seen=seen, **sent))
        except Stale as stale:
            now = dict(DealRegistrationRuleSerializer(stale.current).data)
            raise Stale(now, stale.difference, who=stale.who) from None

    def answer(self, rule: DealRegistrationRule) -> Response:
        return self.with_etag(Response(dict(DealRegistrationRuleSerializer(rule).data)), rule.version)
