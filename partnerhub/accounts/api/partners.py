"""Partners: enrolled, edited, suspended, by the verbs of the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
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
    SuspendBody,
    partner_json,
)
from partnerhub.accounts.services import FirstPerson, enrol_partner, name_managers
from partnerhub.errors import Refused, Stale
from partnerhub.partners.external_api import OfExternalSystems, described_with_external, external_action
from partnerhub.partners.models import PROFILE, Partner
from partnerhub.partners.selectors import fields_of, partner_seen, why_not_managed
from partnerhub.partners.services import change_partner, lift_suspension, suspend_partner
from partnerhub.partners.states import PARTNER
from partnerhub.partners.tables import PartnerList
from partnerhub.roles import PARTNERS_MANAGE, PARTNERS_VIEW
from partnerhub.web.bodies import NoBody
from partnerhub.web.editing import Fields
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.schema import ETAG, IF_MATCH, LOCATION

TAGS = ["Partners"]
READ = described_with_external("PartnerReadSerializer", PartnerSerializer)


@serves(PartnerList, PartnerSerializer, tag="Partners", page=PartnerListSerializer)
class PartnerViewSet(OfExternalSystems, ListAPI, SeatViewSet):
    """The partners of the programme. A foreign id and none are the same 404."""

    permission: ClassVar[Any] = {
        "list": PARTNERS_VIEW,
        "export": PARTNERS_VIEW,
        "create": PARTNERS_MANAGE,
        "retrieve": PARTNERS_VIEW,
        "partial_update": PARTNERS_MANAGE,
        "suspend": PARTNERS_MANAGE,
        "lift": PARTNERS_MANAGE,
        "managers": PARTNERS_MANAGE,
    }

    external = external_action("partners", "Partners")

    def fields_now(self) -> Fields:
        return fields_of(self.subject, self.membership)

    def external_subject(self) -> Partner:
        return self.partner()

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
        responses=READ,
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
        partner, seen = self.partner(), self.seen_version()
        sent = PartnerChangesBody.read(request.data)
        with self.in_own_words():
            return self.answer(change_partner(partner.pk, sent, by=self.membership, seen=seen))

    @extend_schema(
        operation_id="partners_suspend",
        summary="Suspend a partner",
        tags=TAGS,
        parameters=[IF_MATCH, ETAG],
        request=SuspendBody,
        responses=PartnerSerializer,
    )
    def suspend(self, request: Request, partner_id: UUID) -> Response:
        """From now on its members read only, and nothing new begins for it."""
        partner, seen = self.partner(), self.seen_version()
        sent = SuspendBody.read(request.data)
        with self.in_own_words():
            return self.answer(suspend_partner(partner.pk, reason=sent["reason"], by=self.membership, seen=seen))

    @extend_schema(
        operation_id="partners_lift",
        summary="Lift a partner's suspension",
        tags=TAGS,
        parameters=[IF_MATCH, ETAG],
        request=NoBody,
        responses=PartnerSerializer,
    )
    def lift(self, request: Request, partner_id: UUID) -> Response:
        """Its members can work again at once, with the roles they have."""
        partner, seen = self.partner(), self.seen_version()
        NoBody.read(request.data)
        with self.in_own_words():
            return self.answer(lift_suspension(partner.pk, by=self.membership, seen=seen))

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
        partner, seen = self.partner(), self.seen_version()
        sent = ManagersBody.read(request.data)
        with self.in_own_words():
            return self.answer(name_managers(partner.pk, sent["managers"], by=self.membership, seen=seen))

    def partner(self) -> Partner:
        try:
            return partner_seen(self.membership, self.kwargs["partner_id"])
        except Partner.DoesNotExist:
            raise Http404 from None

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

    def json(self, partner: Partner) -> dict[str, Any]:
        is_managed = not why_not_managed(partner, self.membership)
        return partner_json(partner, PARTNER.allowed(partner, self.membership) if is_managed else [])

    def answer(self, partner: Partner, status: int = 200) -> Response:
        """The partner as it is now, with its version."""
        return self.with_etag(Response(self.json(partner), status=status), partner.version)

    @contextmanager
    def in_own_words(self) -> Iterator[None]:
        """Tell of a partner that has moved on, or gone meanwhile, in the API's words."""
        try:
            yield
        except Partner.DoesNotExist:
            raise Http404 from None
        except Stale as stale:
            raise Stale(self.json(stale.current), stale.difference) from None
