"""Appeals and clones over the API. The partner appeals by the lead's own step."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from leads.models import Lead
from leads.selectors import lead_for
from leads.serializers import LeadSerializer, lead_json
from leads.services import new_lead_id
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.appeals.selectors import clones_of
from partnerhub.appeals.serializers import AppealSerializer, ClonesSerializer
from partnerhub.appeals.services import APPEALS, clone_lead
from partnerhub.appeals.tables import AppealList
from partnerhub.records.api import Resource
from partnerhub.roles import LEADS_SUBMIT, LEADS_VIEW
from partnerhub.web.bodies import NoBody
from partnerhub.web.schema import ETAG, LOCATION


class AppealsAPI(Resource):
    records, list_class, serializer = APPEALS, AppealList, AppealSerializer
    id_name, tag, one = "appeal_id", "Appeals", "an appeal"


class ClonesViewSet(SeatViewSet):
    permission = {"clones": LEADS_VIEW, "clone": LEADS_SUBMIT}

    @extend_schema(
        operation_id="leads_clones",
        summary="The clones of a lead",
        description="The leads that were begun with its answers, and the one with whose it was.",
        tags=["Leads"],
        responses={200: ClonesSerializer},
    )
    def clones(self, request: Request, lead_id: UUID) -> Response:
        found = clones_of(self.lead(lead_id), self.membership)
        source = next((one.pk for one in found["source"]), None)
        return Response(ClonesSerializer({"cloned_from": source, "clones": [one.pk for one in found["made"]]}).data)

    @extend_schema(
        operation_id="leads_clone",
        summary="Clone a lead",
        description="A new draft with the answers of a refused or withdrawn lead. Consent and terms are given anew.",
        tags=["Leads"],
        parameters=[LOCATION, ETAG],
        request=NoBody,
        responses={201: LeadSerializer},
    )
    def clone(self, request: Request, lead_id: UUID) -> Response:
        self.lead(lead_id)
        NoBody.read(request.data)
        draft = clone_lead(lead_id, draft_id=new_lead_id(), by=self.membership)
        answer = Response(lead_json(draft, self.membership), status=201)
        answer["Location"] = reverse("api-lead", args=[draft.pk])
        return self.with_etag(answer, draft.version)

    def lead(self, lead_id: UUID) -> Lead:
        try:
            return lead_for(self.membership, lead_id)
        except Lead.DoesNotExist:
            raise Http404 from None
