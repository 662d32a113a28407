"""The vendor's responses over the API, and the rules for them."""

from typing import Any

from partnerhub.records.api import Resource
from partnerhub.records.ruled import rules_api
from partnerhub.responses.models import VendorResponse
from partnerhub.responses.selectors import current_rule
from partnerhub.responses.serializers import (
    ResponseRuleBody,
    ResponseRuleSerializer,
    VendorResponseSerializer,
    as_partners_get_it,
)
from partnerhub.responses.services import RESPONSES, change_response_rule
from partnerhub.responses.tables import ResponseList
from partnerhub.roles import PARTNER
from partnerhub.states import Api


class ResponsesAPI(Resource):
    records, list_class, serializer = RESPONSES, ResponseList, VendorResponseSerializer
    id_name, tag, one = "response_id", "Vendor responses", "a vendor response"

    def json(self, record: VendorResponse) -> dict[str, Any]:
        found = super().json(record)
        return as_partners_get_it(record, found) if self.membership.side == PARTNER else found


ResponseRulesAPI = rules_api(
    "response_rules",
    current=current_rule,
    verb=change_response_rule,
    serializer=ResponseRuleSerializer,
    body=ResponseRuleBody,
    tag="Vendor responses",
    read=Api(
        "The rules for responses",
        "Within how many days the vendor answers, and from which value on a partner is shown a reason.",
    ),
    change=Api(
        "Change the rules for responses",
        "What is not sent stays. They hold for what is asked and answered from now on.",
    ),
)
