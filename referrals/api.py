"""The referral history over the API."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.roles import REFERRALS_VIEW
from partnerhub.web.api import PortalViewSet
from partnerhub.web.api_lists import check_list, list_json, list_parameters
from partnerhub.web.lists import order_of, size_of
from referrals.filters import NAMES, ReferralFilter
from referrals.serializers import ReferralListSerializer, referral_json
from referrals.tables import COLUMNS, DEFAULT_ORDER

A_DAY = {"type": "string", "format": "date"}
PARAMETERS = [
    OpenApiParameter("plan", str, many=True, description="Slugs of programs, one or more."),
    OpenApiParameter("date_from", A_DAY, description="The first day."),
    OpenApiParameter("date_to", A_DAY, description="The last day, included."),
    *list_parameters(COLUMNS, DEFAULT_ORDER),
]


class ReferralViewSet(PortalViewSet):
    permission = REFERRALS_VIEW

    @extend_schema(
        operation_id="referrals_list",
        summary="List referrals",
        tags=["Referrals"],
        parameters=PARAMETERS,
        responses=ReferralListSerializer,
    )
    def list(self, request: Request) -> Response:
        """The referral history that you may see, the latest first unless sorted otherwise."""
        query: Any = request._request.GET
        found = ReferralFilter(query, self.membership)
        order = order_of(query.get("sort", ""), COLUMNS, DEFAULT_ORDER)
        errors = {name: [str(text) for text in texts] for name, texts in found.form.errors.items()}
        check_list(query, found.rows, order, COLUMNS, filters=NAMES, errors=errors)
        page = found.page(order, cursor=query.get("cursor", ""), size=size_of(query.get("size")))
        return Response(list_json(request, page, referral_json))
