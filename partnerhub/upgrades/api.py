"""Upgrade invitations and their terms over the API."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from leads.models import Lead
from leads.selectors import lead_for
from leads.services.steps import LEADS
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import Stale
from partnerhub.records.api import StepsAPI
from partnerhub.roles import LEADS_SUBMIT, LEADS_VIEW, PROGRAMS_MANAGE
from partnerhub.upgrades.models import UpgradeInvitation, UpgradeTerms
from partnerhub.upgrades.serializers import (
    PublishTermsBody,
    SendUpgradeBody,
    TermsSerializer,
    UpgradeInvitationSerializer,
    invitation_json,
    terms_json,
)
from partnerhub.upgrades.services import INVITATIONS, publish_terms, send_invitation
from partnerhub.upgrades.tables import InvitationList, TermsList
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.schema import ETAG, IF_MATCH, LOCATION


@serves(InvitationList, UpgradeInvitationSerializer, tag="Upgrade invitations")
class InvitationsViewSet(SeatViewSet, ListAPI):
    permission = {"list": LEADS_VIEW, "export": LEADS_VIEW, "send": LEADS_SUBMIT}

    def row_json(self, row: UpgradeInvitation) -> dict[str, Any]:
        return invitation_json(row)

    @extend_schema(
        operation_id="leads_upgrade_invitation",
        summary="Send an upgrade invitation",
        description="Mail the owner of the lead's store a link to the terms. The lead leaves triage until they answer.",
        tags=["Upgrade invitations"],
        parameters=[IF_MATCH, ETAG, LOCATION],
        request=SendUpgradeBody,
        responses={201: UpgradeInvitationSerializer},
    )
    def send(self, request: Request, lead_id: UUID) -> Response:
        try:
            lead_for(self.membership, lead_id)
            seen, sent = self.seen_version(), SendUpgradeBody.read(request.data)
            invitation = send_invitation(lead_id, language=sent["language"], by=self.membership, seen=seen)
        except Lead.DoesNotExist:
            raise Http404 from None
        except Stale as stale:
            changes = LEADS.visible(stale.difference, self.membership.side)
            raise Stale({"id": str(lead_id), "version": stale.current.version}, changes, who=stale.who) from None
        answer = Response(invitation_json(invitation), status=201)
        answer["Location"] = reverse("api-upgrade-invitation", args=[invitation.pk])
        return self.with_etag(answer, invitation.version)


class InvitationStepsAPI(StepsAPI):
    permission = LEADS_VIEW
    records = INVITATIONS
    id_name = "upgrade_id"
    serializer = UpgradeInvitationSerializer

    def json(self, record: UpgradeInvitation) -> dict[str, Any]:
        return invitation_json(record)

    @extend_schema(
        operation_id="upgrade_invitations_retrieve",
        summary="One upgrade invitation",
        tags=["Upgrade invitations"],
        parameters=[ETAG],
        responses={200: UpgradeInvitationSerializer},
    )
    def retrieve(self, request: Request, upgrade_id: UUID) -> Response:
        return self.answer(self.get_object())


@serves(TermsList, TermsSerializer, tag="Upgrade invitations")
class TermsViewSet(ListAPI):
    permission = PROGRAMS_MANAGE

    def row_json(self, row: UpgradeTerms) -> dict[str, Any]:
        return terms_json(row)

    @extend_schema(
        operation_id="upgrade_terms_publish",
        summary="Publish the next version of the terms",
        tags=["Upgrade invitations"],
        request=PublishTermsBody,
        responses={201: TermsSerializer},
    )
    def publish(self, request: Request) -> Response:
        terms = publish_terms(PublishTermsBody.read(request.data), by=self.membership)
        return Response(terms_json(terms), status=201)
