"""The vendor's responses over the API, and the rules for them."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import Stale
from partnerhub.records.api import Resource
from partnerhub.responses.models import ResponseRule, VendorResponse
from partnerhub.responses.selectors import current_rule
from partnerhub.responses.serializers import (
    ResponseRuleBody,
    ResponseRuleSerializer,
    VendorResponseSerializer,
    as_partners_get_it,
)
from partnerhub.responses.services import RESPONSES, change_response_rule
from partnerhub.responses.tables import ResponseList
from partnerhub.roles import PARTNER, PROGRAMS_MANAGE
from partnerhub.web.schema import ETAG, IF_MATCH


class ResponsesAPI(Resource):
    records, list_class, serializer = RESPONSES, ResponseList, VendorResponseSerializer
    id_name, tag, one = "response_id", "Vendor responses", "a vendor response"

    def json(self, record: VendorResponse) -> dict[str, Any]:
        found = super().json(record)
        return as_partners_get_it(record, found) if self.membership.side == PARTNER else found


class ResponseRuleViewSet(SeatViewSet):
    permission: ClassVar[str | dict[str, str]] = PROGRAMS_MANAGE

    @extend_schema(
        operation_id="response_rules_retrieve",
        summary="The rules for responses",
        tags=["Vendor responses"],
        parameters=[ETAG],
        responses={200: ResponseRuleSerializer},
    )
    def retrieve(self, request: Request) -> Response:
        """Within how many days the vendor answers, and from which value on a partner is shown a reason."""
        return self.answer(current_rule())

    @extend_schema(
        operation_id="response_rules_change",
        summary="Change the rules for responses",
        tags=["Vendor responses"],
        parameters=[IF_MATCH, ETAG],
        request=ResponseRuleBody,
        responses={200: ResponseRuleSerializer},
    )
    def partial_update(self, request: Request) -> Response:
        """What is not sent stays. They hold for what is asked and answered from now on."""
        seen, sent = self.seen_version(), ResponseRuleBody.read(request.data)
        try:
            return self.answer(change_response_rule(by=self.membership, seen=seen, **sent))
        except Stale as stale:
            now = dict(ResponseRuleSerializer(stale.current).data)
            raise Stale(now, stale.difference, who=stale.who) from None

    def answer(self, rule: ResponseRule) -> Response:
        return self.with_etag(Response(dict(ResponseRuleSerializer(rule).data)), rule.version)
