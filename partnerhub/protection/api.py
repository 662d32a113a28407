"""Protections over the API: list, record, steps."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import Stale
from partnerhub.protection.models import ProtectionRules
from partnerhub.protection.selectors import kept_and_lapsed, rules_of_protection
from partnerhub.protection.serializers import (
    MeetingBody,
    ProtectionSerializer,
    RatioSerializer,
    RulesBody,
    RulesSerializer,
)
from partnerhub.protection.services import PROTECTIONS, change_rules
from partnerhub.protection.tables import ProtectionList
from partnerhub.records.api import Resource
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.web.schema import ETAG, IF_MATCH


class ProtectionsAPI(Resource):
    records, list_class, serializer = PROTECTIONS, ProtectionList, ProtectionSerializer
    id_name, tag, one = "protection_id", "Protection", "protection"
    bodies = {"record_meeting": MeetingBody}

    @extend_schema(
        operation_id="protections_ratio",
        summary="Kept and lapsed",
        description="How many of your organisation's protected leads were awarded in time, and how many ran out."
        " Counting stops at 1,000 of each.",
        tags=["Protection"],
        responses={200: RatioSerializer},
    )
    def ratio(self, request: Request) -> Response:
        kept, lapsed = kept_and_lapsed(self.membership.partner_id)
        return Response({"kept": kept, "lapsed": lapsed})


class RulesViewSet(SeatViewSet):
    permission: ClassVar[str | dict[str, str]] = PROGRAMS_MANAGE

    @extend_schema(
        operation_id="protection_rules_retrieve",
        summary="The rules of protection",
        tags=["Protection"],
        parameters=[ETAG],
        responses={200: RulesSerializer},
    )
    def retrieve(self, request: Request) -> Response:
        """What earns how many days, and how many a lead may have at most."""
        return self.answered(rules_of_protection())

    @extend_schema(
        operation_id="protection_rules_change",
        summary="Change the rules of protection",
        tags=["Protection"],
        parameters=[IF_MATCH, ETAG],
        request=RulesBody,
        responses={200: RulesSerializer},
    )
    def partial_update(self, request: Request) -> Response:
        """What is not sent stays. What was granted before stays granted."""
        seen, sent = self.seen_version(), RulesBody.read(request.data)
        try:
            return self.answered(change_rules(sent, by=self.membership, seen=seen))
        except Stale as stale:
            raise Stale(dict(RulesSerializer(stale.current).data), stale.difference, who=stale.who) from None

    def answered(self, rules: ProtectionRules) -> Response:
        return self.with_etag(Response(RulesSerializer(rules).data), rules.version)
