"""Protections over the API: list, record, steps."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

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
from partnerhub.records.ruled import rules_api
from partnerhub.states import Api


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


ProtectionRulesAPI = rules_api(
    "protection_rules",
    current=rules_of_protection,
    verb=change_rules,
    serializer=RulesSerializer,
    body=RulesBody,
    tag="Protection",
    read=Api("The rules of protection", "What earns how many days, and how many a lead may have at most."),
    change=Api("Change the rules of protection", "What is not sent stays. What was granted before stays granted."),
)
