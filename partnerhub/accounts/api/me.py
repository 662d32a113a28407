"""Who is asking, and what roles there are."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.api.base import PeopleAPI
from partnerhub.accounts.selectors import members_for, profile_of, seats_of, sees_all_people
from partnerhub.accounts.serializers.bodies import ProfileBody
from partnerhub.accounts.serializers.records import MeSerializer, RoleListSerializer, me_json
from partnerhub.accounts.services import save_profile
from partnerhub.errors import Stale
from partnerhub.roles import MEMBERS_VIEW, PERMISSIONS, Role, permissions_of
from partnerhub.web.schema import ETAG, IF_MATCH
from partnerhub.web.views import ANY_MEMBER

PERSONAL = ("name", "language", "timezone")


class MeViewSet(PeopleAPI):
    permission: ClassVar[str | dict[str, str]] = ANY_MEMBER

    @extend_schema(
        operation_id="me_read", summary="Read who you are", tags=["People"], parameters=[ETAG], responses=MeSerializer
    )
    def retrieve(self, request: Request) -> Response:
        """The member that you act as, with roles, permissions and seats in other portals."""
        return self.me()

    @extend_schema(
        operation_id="me_update",
        summary="Change what you say of yourself",
        tags=["People"],
        parameters=[IF_MATCH, ETAG],
        request=ProfileBody,
        responses=MeSerializer,
    )
    def partial_update(self, request: Request) -> Response:
        """Your name, title, phone, language and time zone. Not by a token: a person does this themselves."""
        self.require_person()
        seen, sent = self.seen_version(), ProfileBody.read(request.data)
        try:
            save_profile(
                self.membership,
                user={name: value for name, value in sent.items() if name in PERSONAL},
                seat={name: value for name, value in sent.items() if name not in PERSONAL},
                seen=seen,
            )
        except Stale:
            raise Stale(self.me().data) from None
        return self.me()

    def me(self) -> Response:
        seat = self.membership
        member = members_for(seat).filter(pk=seat.pk).get()
        held = permissions_of(member.roles)
        permissions = sorted(held if seat.limited_to is None else held & seat.limited_to)
        seats = seats_of(member.user) if seat.limited_to is None else []
        original: Any = self.request._request
        answer = Response(me_json(member, original.tenant, permissions, seats, seat.token))
        return self.with_etag(answer, profile_of(member).version)


class RoleViewSet(PeopleAPI):
    permission: ClassVar[str | dict[str, str]] = MEMBERS_VIEW

    @extend_schema(operation_id="roles_list", summary="List roles", tags=["People"], responses=RoleListSerializer)
    def list(self, request: Request) -> Response:
        """What each role of your side may do; of both sides, for who manages both."""
        both = sees_all_people(self.membership)
        return Response(
            {
                "results": [
                    {
                        "role": role.value,
                        "name": str(role.label),
                        "side": role.side,
                        "permissions": sorted(PERMISSIONS[role]),
                    }
                    for role in Role
                    if both or role.side == self.membership.side
                ]
            }
        )
