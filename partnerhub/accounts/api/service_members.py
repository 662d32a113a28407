"""Service members: the programs of one's organisation, and making a seat for one."""

from typing import ClassVar

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.api.base import BY_NAME, PAGING_PARAMETERS, PeopleAPI
from partnerhub.accounts.selectors import service_members_for
from partnerhub.accounts.serializers.bodies import ServiceMemberBody
from partnerhub.accounts.serializers.records import MemberListSerializer, MemberSerializer, member_json
from partnerhub.accounts.services import add_service_member
from partnerhub.roles import MEMBERS_MANAGE
from partnerhub.web.schema import LOCATION


class ServiceMemberViewSet(PeopleAPI):
    permission: ClassVar[str | dict[str, str]] = MEMBERS_MANAGE

    @extend_schema(
        operation_id="service_members_list",
        summary="List service members",
        tags=["People"],
        parameters=PAGING_PARAMETERS,
        responses=MemberListSerializer,
    )
    def list(self, request: Request) -> Response:
        """Those of your organisation, by name. They are members too: `members/<id>/` reads, changes and removes one."""
        return self.page(service_members_for(self.membership), BY_NAME, member_json, known=())

    @extend_schema(
        operation_id="service_members_create",
        summary="Add a service member",
        tags=["People"],
        parameters=[LOCATION],
        request=ServiceMemberBody,
        responses={201: MemberSerializer},
    )
    def create(self, request: Request) -> Response:
        """A seat for a program, with roles that you may grant; nobody signs in as it. Not by a token."""
        member = add_service_member(**ServiceMemberBody.read(request.data), by=self.membership)
        response = Response(member_json(member), status=201)
        response["Location"] = reverse("api-member", args=[member.pk])
        return response
