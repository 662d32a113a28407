"""Service members: the programs of one's organisation, and making a seat for one."""

from typing import Any, ClassVar

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.api.base import PeopleAPI
from partnerhub.accounts.models import Membership
from partnerhub.accounts.serializers.bodies import ServiceMemberBody
from partnerhub.accounts.serializers.records import MemberListSerializer, MemberSerializer, member_json
from partnerhub.accounts.services import add_service_member
from partnerhub.accounts.tables import ServiceMemberList
from partnerhub.roles import MEMBERS_MANAGE
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.schema import ETAG, LOCATION


@serves(ServiceMemberList, MemberSerializer, tag="People", page=MemberListSerializer)
class ServiceMemberViewSet(ListAPI, PeopleAPI):
    permission: ClassVar[str | dict[str, str]] = MEMBERS_MANAGE

    def row_json(self, row: Membership) -> dict[str, Any]:
        return member_json(row)

    @extend_schema(
        operation_id="service_members_create",
        summary="Add a service member",
        tags=["People"],
        parameters=[LOCATION, ETAG],
        request=ServiceMemberBody,
        responses={201: MemberSerializer},
    )
    def create(self, request: Request) -> Response:
        """A seat for a program, with roles that you may grant; nobody signs in as it. Not by a token."""
        member = add_service_member(**ServiceMemberBody.read(request.data), by=self.membership)
        response = Response(member_json(member), status=201)
        response["Location"] = reverse("api-member", args=[member.pk])
        return self.with_etag(response, member.version)
