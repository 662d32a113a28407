"""Protections over the API: list, record, steps."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.protection.selectors import kept_and_lapsed
from partnerhub.protection.serializers import MeetingBody, ProtectionSerializer, RatioSerializer
from partnerhub.protection.services import PROTECTIONS
from partnerhub.protection.tables import ProtectionList
from partnerhub.records.api import Resource


class ProtectionsAPI(Resource):
    records, list_class, serializer = PROTECTIONS, ProtectionList, ProtectionSerializer
    id_name, tag, one = "protection_id", "Protection", "protection"
    bodies = {"record_meeting": MeetingBody}

    @extend_schema(
        operation_id="protections_ratio",
        summary="Kept and lapsed",
        description="How many of your organisation's protected leads were awarded in time, and how many ran out.",
        tags=["Protection"],
        responses={200: RatioSerializer},
    )
    def ratio(self, request: Request) -> Response:
        kept, lapsed = kept_and_lapsed(self.membership.partner_id)
        return Response({"kept": kept, "lapsed": lapsed})
