"""Partners: enrolled, edited, suspended, by the verbs of the pages."""

from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.accounts.serializers.partners import (
    ManagersBody,
    PartnerBody,
    PartnerChangesBody,
    PartnerListSerializer,
    PartnerSerializer,
    PartnerTierBody,
    partner_json,
)
from partnerhub.accounts.services import FirstPerson, enrol_partner, name_managers
from partnerhub.errors import Refused
from partnerhub.partners.external_api import OfExternalSystems, described_with_external, external_action
from partnerhub.partners.models import PROFILE, Partner
from partnerhub.partners.selectors import partner_fields
from partnerhub.partners.services import PARTNERS, change_partner, set_tier
from partnerhub.partners.states import PARTNER_MACHINE
from partnerhub.partners.tables import PartnerList
from partnerhub.records.api import RecordAPI, StepsAPI, timeline_action
from partnerhub.roles import PARTNERS_MANAGE, PARTNERS_VIEW
from partnerhub.web.editing import Fields
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.schema import ETAG, IF_MATCH, LOCATION

TAGS = ["Partners"]
PARTNER_READ = described_with_external("PartnerReadSerializer", PartnerSerializer)


class PartnerAPI(RecordAPI, SeatViewSet):
    """Addresses of partners."""

    records = PARTNERS
    id_name = "partner_id"

    def json(self, record: Partner) -> dict[str, Any]:
        return partner_json(record, PARTNER_MACHINE.allowed(record, self.membership))


@serves(PartnerList, PartnerSerializer, tag="Partners", page=PartnerListSerializer)
class PartnerViewSet(OfExternalSystems, ListAPI, PartnerAPI):
    """The partners of the programme. A foreign id and none are the same 404."""

    permission: ClassVar[str | dict[str, str]] = {
        "list": PARTNERS_VIEW,
        "export": PARTNERS_VIEW,
        "create": PARTNERS_MANAGE,
        "retrieve": PARTNERS_VIEW,
        "partial_update": PARTNERS_MANAGE,
        "managers": PARTNERS_MANAGE,
        "tier": PARTNERS_MANAGE,
        "timeline": PARTNERS_VIEW,
    }

    external = external_action("partners", "Partners")
    timeline = timeline_action("partners", "a partner", "Partners")

    def fields_now(self) -> Fields:
        return partner_fields(self.subject, self.membership)

    def row_json(self, row: Partner) -> dict[str, Any]:
        return self.json(row)

    @extend_schema(
        operation_id="partners_create",
        summary="Enrol a partner",
        tags=TAGS,
        parameters=[ETAG, LOCATION],
        request=PartnerBody,
        responses={201: PartnerSerializer},
    )
    def create(self, request: Request) -> Response:
        """Enrol a partner and, with `first_person`, invite its first person in the same step."""
        sent = PartnerBody.read(request.data)
        partner = self.enrol(sent, sent.get("first_person"))
        self.note_sent(partner, sent)
        response = self.answer(partner, 201)
        response["Location"] = reverse("api-partner", args=[partner.pk])
        return response

    @extend_schema(
        operation_id="partners_read",
        summary="Read a partner",
        tags=TAGS,
        parameters=[ETAG],
        responses=PARTNER_READ,
    )
    def retrieve(self, request: Request, partner_id: UUID) -> Response:
        return self.answer(self.subject)

    @extend_schema(
        operation_id="partners_change",
        summary="Change a partner",
        tags=TAGS,
        parameters=[IF_MATCH, ETAG],
        request=PartnerChangesBody,
        responses=PartnerSerializer,
    )
    def partial_update(self, request: Request, partner_id: UUID) -> Response:
        """Name, country, language, time zone and website; what is not sent stays."""
        partner, seen = self.get_object(), self.seen_version()
        sent = PartnerChangesBody.read(request.data)
        with self.in_own_words():
            return self.answer(change_partner(partner.pk, sent, by=self.membership, seen=seen))

    @extend_schema(
        operation_id="partners_name_managers",
        summary="Name a partner's channel managers",
        tags=TAGS,
        parameters=[IF_MATCH, ETAG],
        request=ManagersBody,
        responses=PartnerSerializer,
    )
    def managers(self, request: Request, partner_id: UUID) -> Response:
        """Exactly these look after the partner; with nobody named, every channel manager does."""
        partner, seen = self.get_object(), self.seen_version()
        sent = ManagersBody.read(request.data)
        with self.in_own_words():
            return self.answer(name_managers(partner.pk, sent["managers"], by=self.membership, seen=seen))

    @extend_schema(
        operation_id="partners_name_tier",
        summary="Name a partner's tier",
        tags=TAGS,
        parameters=[IF_MATCH, ETAG],
        request=PartnerTierBody,
        responses=PartnerSerializer,
    )
    def tier(self, request: Request, partner_id: UUID) -> Response:
        """How many leads it may take is that of the tier then."""
        partner, seen = self.get_object(), self.seen_version()
        sent = PartnerTierBody.read(request.data)
        with self.in_own_words():
            return self.answer(set_tier(partner.pk, sent["tier"], by=self.membership, seen=seen))

    def enrol(self, sent: dict[str, Any], person: dict[str, Any] | None) -> Partner:
        """The new partner. What is wrong with the first person is told below `first_person`."""
        first = None
        if person:
            first = FirstPerson(person["email"], f"{person['first_name']} {person['last_name']}", person["roles"])
        try:
            return enrol_partner(sent, first=first, by=self.membership)
        except Refused as refused:
            reasons = [
                replace(reason, field=f"first_person.{reason.field}")
                if reason.field and reason.field not in PROFILE
                else reason
                for reason in refused.reasons
            ]
            raise Refused(reasons, refused.allowed) from None


class PartnerStepsViewSet(StepsAPI, PartnerAPI):
    """Suspending and lifting, each on the version that was read."""

    permission = PARTNERS_MANAGE
    records = PARTNERS
    serializer = PartnerSerializer
