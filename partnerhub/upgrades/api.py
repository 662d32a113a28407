"""Upgrade invitations and their terms over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from leads.services.steps import LEADS
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.records.api import Resource
from partnerhub.records.making import make_action
from partnerhub.roles import LEADS_SUBMIT, PROGRAMS_MANAGE
from partnerhub.states import Api
from partnerhub.upgrades.models import UpgradeTerms
from partnerhub.upgrades.selectors import activation_endpoint
from partnerhub.upgrades.serializers import (
    PointActivationBody,
    PointedActivationSerializer,
    PublishTermsBody,
    SendUpgradeBody,
    TermsSerializer,
    UpgradeActivationSerializer,
    UpgradeInvitationSerializer,
    activation_json,
    terms_json,
)
from partnerhub.upgrades.services import (
    INVITATIONS,
    leave_to_people,
    point_activation,
    publish_terms,
    send_invitation,
)
from partnerhub.upgrades.tables import InvitationList, TermsList
from partnerhub.web.lists.api import ListAPI, serves


class InvitationsAPI(Resource):
    records, list_class, serializer = INVITATIONS, InvitationList, UpgradeInvitationSerializer
    id_name, tag, one = "upgrade_id", "Upgrade invitations", "an upgrade invitation"
    acts = {"send": LEADS_SUBMIT}
    reads = Api("One upgrade invitation", word="upgrade_invitations_retrieve")

    send = make_action(
        LEADS,
        "lead_id",
        send_invitation,
        body=SendUpgradeBody,
        api=Api(
            "Send an upgrade invitation",
            "Mail the owner of the lead's store a link to the terms. The lead leaves triage until they answer.",
            "leads_upgrade_invitation",
        ),
        tag=tag,
        serializer=UpgradeInvitationSerializer,
        answers="api-upgrade-invitation",
    )


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
        sent = PublishTermsBody.read(request.data)
        terms = publish_terms(answer_days=sent.pop("answer_days"), texts=sent, by=self.membership)
        return Response(terms_json(terms), status=201)


class ActivationViewSet(SeatViewSet):
    """Who upgrades stores once their owner has agreed."""

    permission = PROGRAMS_MANAGE

    @extend_schema(
        operation_id="upgrade_activation_read",
        summary="Read who upgrades stores",
        tags=["Upgrade invitations"],
        responses=UpgradeActivationSerializer,
    )
    def retrieve(self, request: Request) -> Response:
        return Response(activation_json(activation_endpoint()))

    @extend_schema(
        operation_id="upgrade_activation_point",
        summary="Have stores upgraded by your system",
        tags=["Upgrade invitations"],
        request=PointActivationBody,
        responses=PointedActivationSerializer,
    )
    def update(self, request: Request) -> Response:
        """It is sent `upgrade.agreed`, signed. 2xx with `{"status": "active"}` marks the store as upgraded; any other
        2xx means later, by `POST upgrade-invitations/{id}/activate/`. The secret of a new webhook stands in this answer
        alone.
        """
        endpoint, secret = point_activation(**PointActivationBody.read(request.data), by=self.membership)
        response = Response(activation_json(endpoint) | {"secret": secret})
        response.shown_once = bool(secret)  # type: ignore[attr-defined]  # read by IdempotencyMiddleware
        return response

    @extend_schema(
        operation_id="upgrade_activation_leave",
        summary="Have stores upgraded by people again",
        tags=["Upgrade invitations"],
        responses={204: None},
    )
    def destroy(self, request: Request) -> Response:
        """The webhook is removed."""
        leave_to_people(by=self.membership)
        return Response(status=204)
