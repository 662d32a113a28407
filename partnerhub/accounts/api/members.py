"""Members: who is here, their roles, and ending or giving back a seat."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.api.base import PeopleAPI
from partnerhub.accounts.holdings import HandOver
from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import (
    former_members_for,
    member_fields,
    members_for,
)
from partnerhub.accounts.serializers.bodies import RemoveBody, RolesBody, takers
from partnerhub.accounts.serializers.records import (
    HoldingListSerializer,
    MemberListSerializer,
    MemberSerializer,
    holding_json,
    member_json,
)
from partnerhub.accounts.services import change_roles, held_by, remove_member, restore_member
from partnerhub.accounts.tables import MemberList
from partnerhub.errors import Stale
from partnerhub.partners.external_api import OfExternalSystems, described_with_external, external_action
from partnerhub.roles import MEMBERS_MANAGE, MEMBERS_VIEW
from partnerhub.web.bodies import NoBody
from partnerhub.web.editing import Fields
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.schema import ETAG, IF_MATCH, IF_READ

MEMBER_READ = described_with_external("MemberReadSerializer", MemberSerializer)


@serves(MemberList, MemberSerializer, tag="People", page=MemberListSerializer)
class MemberViewSet(OfExternalSystems, ListAPI, PeopleAPI):
    permission: ClassVar[str | dict[str, str]] = {
        "list": MEMBERS_VIEW,
        "export": MEMBERS_VIEW,
        "retrieve": MEMBERS_VIEW,
        "set_roles": MEMBERS_MANAGE,
        "destroy": MEMBERS_MANAGE,
        "holdings": MEMBERS_MANAGE,
        "remove": MEMBERS_MANAGE,
        "restore": MEMBERS_MANAGE,
    }

    external = external_action("members", "People")

    def fields_now(self) -> Fields:
        return member_fields(self.subject, self.membership)

    def external_subject(self) -> Membership:
        found: Membership = self.find(members_for(self.membership))
        return found

    def row_json(self, row: Membership) -> dict[str, Any]:
        return member_json(row)

    @extend_schema(
        operation_id="members_read",
        summary="Read a member",
        tags=["People"],
        parameters=[ETAG],
        responses=MEMBER_READ,
    )
    def retrieve(self, request: Request, id: UUID) -> Response:
        return self.answer(self.subject)

    @extend_schema(
        operation_id="members_set_roles",
        summary="Set a member's roles",
        tags=["People"],
        parameters=[IF_MATCH, ETAG],
        request=RolesBody,
        responses=MemberSerializer,
    )
    def set_roles(self, request: Request, id: UUID) -> Response:
        """Exactly these roles, from the member's next request on.

        Refused if you may not grant one of them, for roles of your own, where no administrator would be left, and where
        the member holds something for which a role that goes is needed, and `hand_over` names nobody for it.
        """
        member, seen = self.find(members_for(self.membership)), self.seen_version()
        if seen not in {None, member.version}:
            raise Stale(member_json(member), {"roles": (None, member.roles)})
        sent = RolesBody.read(request.data)
        with _stale_in_json():
            change_roles(member, sent["roles"], by=self.membership, seen=member.roles, to=takers(sent))
        return self.answer(self.find(members_for(self.membership)))

    @extend_schema(
        operation_id="members_remove",
        summary="Remove a member",
        tags=["People"],
        parameters=[IF_READ],
        responses={204: None},
    )
    def destroy(self, request: Request, id: UUID) -> Response:
        """Takes the seat away at once; what the member did stays. The last administrator can't be removed.

        Refused for who holds something: see `POST /members/{id}/remove/`.
        """
        self.remove_now()
        return Response(status=204)

    @extend_schema(
        operation_id="members_holdings",
        summary="See what a member holds",
        tags=["People"],
        responses=HoldingListSerializer,
    )
    def holdings(self, request: Request, id: UUID) -> Response:
        """What has to be handed over when the member is removed, and to whom it can go."""
        return Response({"results": [holding_json(one) for one in held_by(self.find(members_for(self.membership)))]})

    @extend_schema(
        operation_id="members_hand_over",
        summary="Remove a member and hand over",
        tags=["People"],
        parameters=[IF_READ],
        request=RemoveBody,
        responses={204: None},
    )
    def remove(self, request: Request, id: UUID) -> Response:
        """Takes the seat away and gives what the member holds to others, all or nothing."""
        self.remove_now(takers(RemoveBody.read(request.data)))
        return Response(status=204)

    @extend_schema(
        operation_id="members_restore",
        summary="Give a former member access again",
        tags=["People"],
        parameters=[IF_READ, ETAG],
        request=NoBody,
        responses=MemberSerializer,
    )
    def restore(self, request: Request, id: UUID) -> Response:
        """With the roles that the member had."""
        NoBody.read(request.data)
        former, seen = self.find(former_members_for(self.membership)), self.version_if_sent()
        with _stale_in_json():
            restore_member(former, by=self.membership, seen=seen)
        return self.answer(self.find(members_for(self.membership)))

    def answer(self, member: Membership) -> Response:
        return self.with_etag(Response(member_json(member)), member.version)

    def remove_now(self, to: HandOver | None = None) -> None:
        member, seen = self.find(members_for(self.membership)), self.version_if_sent()
        with _stale_in_json():
            remove_member(member, by=self.membership, seen=seen, to=to)


@contextmanager
def _stale_in_json() -> Iterator[None]:
    try:
        yield
    except Stale as stale:
        raise Stale(member_json(stale.current), stale.difference) from None
