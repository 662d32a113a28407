"""Requests for access: ask, and decide."""

from typing import Any, ClassVar
from uuid import UUID

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.api.base import PeopleAPI
from partnerhub.accounts.models import AccessRequest
from partnerhub.accounts.selectors import access_requests_for
from partnerhub.accounts.serializers.bodies import AccessRequestBody, DecisionBody
from partnerhub.accounts.serializers.records import (
    AccessRequestListSerializer,
    AccessRequestSerializer,
    access_request_json,
)
from partnerhub.accounts.services import decide_access, request_access
from partnerhub.accounts.tables import AccessRequestList
from partnerhub.roles import MEMBERS_MANAGE
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.schema import LOCATION
from partnerhub.web.views import ANY_MEMBER


@serves(AccessRequestList, AccessRequestSerializer, tag="People", page=AccessRequestListSerializer)
class AccessRequestViewSet(ListAPI, PeopleAPI):
    permission: ClassVar[str | dict[str, str]] = {
        "list": ANY_MEMBER,
        "export": ANY_MEMBER,
        "create": ANY_MEMBER,
        "retrieve": ANY_MEMBER,
        "grant": MEMBERS_MANAGE,
        "refuse": MEMBERS_MANAGE,
    }

    def row_json(self, row: AccessRequest) -> dict[str, Any]:
        return access_request_json(row)

    @extend_schema(
        operation_id="access_requests_create",
        summary="Ask for a role",
        tags=["People"],
        parameters=[LOCATION],
        request=AccessRequestBody,
        responses={201: AccessRequestSerializer},
    )
    def create(self, request: Request) -> Response:
        """The administrators are told. Asking again while the request is open gives the same request."""
        asked = request_access(self.membership, **AccessRequestBody.read(request.data))
        response = self.answer(asked.pk, 201)
        response["Location"] = reverse("api-access-request", args=[asked.pk])
        return response

    @extend_schema(
        operation_id="access_requests_read",
        summary="Read a request for access",
        tags=["People"],
        responses=AccessRequestSerializer,
    )
    def retrieve(self, request: Request, id: UUID) -> Response:
        return self.answer(id)

    @extend_schema(
        operation_id="access_requests_grant",
        summary="Grant a request",
        tags=["People"],
        request=DecisionBody,
        responses=AccessRequestSerializer,
    )
    def grant(self, request: Request, id: UUID) -> Response:
        """Gives the role. The first to decide wins; the second is told what was decided (409)."""
        return self.decide(grant=True)

    @extend_schema(
        operation_id="access_requests_refuse",
        summary="Refuse a request",
        tags=["People"],
        request=DecisionBody,
        responses=AccessRequestSerializer,
    )
    def refuse(self, request: Request, id: UUID) -> Response:
        """The first to decide wins; the second is told what was decided (409)."""
        return self.decide(grant=False)

    def decide(self, *, grant: bool) -> Response:
        asked = self.find(access_requests_for(self.membership))
        answer = DecisionBody.read(self.request.data)["answer"]
        decide_access(asked, grant=grant, by=self.membership, answer=answer)
        return self.answer(asked.pk)

    def answer(self, key: UUID, status: int = 200) -> Response:
        self.kwargs["id"] = key
        return Response(access_request_json(self.find(access_requests_for(self.membership))), status=status)
