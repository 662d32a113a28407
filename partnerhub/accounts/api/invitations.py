"""Invitations that were not used yet. The link goes by mail only."""

from typing import Any, ClassVar
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.api.base import PeopleAPI
from partnerhub.accounts.models import Invitation
from partnerhub.accounts.selectors import partners_for, pending_invitations_for
from partnerhub.accounts.serializers.bodies import InvitationBody
from partnerhub.accounts.serializers.records import InvitationListSerializer, InvitationSerializer, invitation_json
from partnerhub.accounts.services import invite_member, resend_invitation, revoke_invitation
from partnerhub.accounts.tables import InvitationList
from partnerhub.partners.models import Partner
from partnerhub.roles import MEMBERS_INVITE
from partnerhub.web.bodies import NoBody
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.schema import LOCATION


@serves(InvitationList, InvitationSerializer, tag="People", page=InvitationListSerializer)
class InvitationViewSet(ListAPI, PeopleAPI):
    permission: ClassVar[str | dict[str, str]] = MEMBERS_INVITE

    def row_json(self, row: Invitation) -> dict[str, Any]:
        return invitation_json(row)

    @extend_schema(
        operation_id="invitations_create",
        summary="Invite somebody",
        tags=["People"],
        parameters=[LOCATION],
        request=InvitationBody,
        responses={201: InvitationSerializer},
    )
    def create(self, request: Request) -> Response:
        """Sends a mail with a link that works once, for seven days, for this address."""
        sent = InvitationBody.read(request.data)
        invitation = invite_member(
            email=sent["email"],
            name=sent["name"],
            roles=sent["roles"],
            partner=self.partner(sent["partner"]),
            by=self.membership,
        )
        response = Response(invitation_json(invitation), status=201)
        response["Location"] = reverse("api-invitation", args=[invitation.pk])
        return response

    @extend_schema(
        operation_id="invitations_read",
        summary="Read an invitation",
        tags=["People"],
        responses=InvitationSerializer,
    )
    def retrieve(self, request: Request, id: UUID) -> Response:
        return Response(invitation_json(self.find(pending_invitations_for(self.membership))))

    @extend_schema(
        operation_id="invitations_resend",
        summary="Send an invitation again",
        tags=["People"],
        request=NoBody,
        responses=InvitationSerializer,
    )
    def resend(self, request: Request, id: UUID) -> Response:
        """With a new link; the old one stops working."""
        NoBody.read(request.data)
        invitation = self.find(pending_invitations_for(self.membership))
        return Response(invitation_json(resend_invitation(invitation, by=self.membership)))

    @extend_schema(
        operation_id="invitations_revoke", summary="Revoke an invitation", tags=["People"], responses={204: None}
    )
    def destroy(self, request: Request, id: UUID) -> Response:
        """The link stops working."""
        revoke_invitation(self.find(pending_invitations_for(self.membership)), by=self.membership)
        return Response(status=204)

    def partner(self, key: UUID | None) -> Partner | None:
        """The partner named, from those that one may invite to. None: the own organisation."""
        if key is None:
            return self.membership.partner if self.membership.partner_id else None
        partner = partners_for(self.membership).filter(pk=key).first()
        if partner is None:
            raise ValidationError({"partner": [_("There is no such partner that you may invite to.")]})
        return partner
