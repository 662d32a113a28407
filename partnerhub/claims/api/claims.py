"""What is done with a lead of the vendor's over the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from leads.models import Lead
from leads.selectors import lead_for
from leads.serializers import LeadSerializer, lead_json
from leads.states import Origin
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.claims.api.lists import CLAIMS_TAG
from partnerhub.claims.forms import HandOutForm, VendorLeadForm, to_of
from partnerhub.claims.models import Claim, QueuedLead
from partnerhub.claims.selectors import known_to
from partnerhub.claims.serializers import (
    ClaimSerializer,
    DeadBody,
    GiveBackBody,
    HandOutBody,
    PlacedSerializer,
    ProgressBody,
    VendorLeadBody,
    claim_json,
)
from partnerhub.claims.services import (
    bring_lead,
    claim_lead,
    confirm_dead,
    find_alive,
    place_lead,
    report_dead,
    return_lead,
    say_progress,
    take_back,
)
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, LEADS_WORK
from partnerhub.tenancy.models import new_id
from partnerhub.web.api import form_errors
from partnerhub.web.bodies import NoBody
from partnerhub.web.schema import ETAG, LOCATION


class ClaimsViewSet(SeatViewSet):
    """What is done with a lead of the vendor's. A foreign lead and none are the same 404."""

    permission = {
        "claim": LEADS_SUBMIT,
        "give_back": LEADS_SUBMIT,
        "progress": LEADS_SUBMIT,
        "report_dead": LEADS_SUBMIT,
        "confirm_dead": LEADS_TRIAGE,
        "find_alive": LEADS_TRIAGE,
        "take_back": LEADS_TRIAGE,
        "hand_out": LEADS_TRIAGE,
        "create": LEADS_WORK,
    }

    @extend_schema(
        operation_id="leads_claim",
        summary="Take a lead",
        tags=[CLAIMS_TAG],
        request=NoBody,
        responses={200: ClaimSerializer},
    )
    def claim(self, request: Request, lead_id: UUID) -> Response:
        """The first who asks gets it; refused (409) for all others, and past your organisation's limits."""
        if self.membership.partner_id is None or not known_to(self.membership).filter(lead=lead_id).exists():
            raise Http404
        NoBody.read(request.data)
        return Response(claim_json(claim_lead(lead_id, by=self.membership)))

    @extend_schema(
        operation_id="leads_return",
        summary="Return a lead to its queue, or decline its offer",
        tags=[CLAIMS_TAG],
        request=GiveBackBody,
        responses={200: ClaimSerializer},
    )
    def give_back(self, request: Request, lead_id: UUID) -> Response:
        """It is never offered to your organisation again."""
        self.held(lead_id)
        text = GiveBackBody.read(request.data)["text"]
        with self.found():
            return Response(claim_json(return_lead(lead_id, text=text, by=self.membership)))

    @extend_schema(
        operation_id="leads_progress",
        summary="Say how far you are with a lead",
        tags=[CLAIMS_TAG],
        request=ProgressBody,
        responses={200: ClaimSerializer},
    )
    def progress(self, request: Request, lead_id: UUID) -> Response:
        """An act of the holder: its time begins anew."""
        self.held(lead_id)
        sent = ProgressBody.read(request.data)
        with self.found():
            return Response(claim_json(say_progress(lead_id, **sent, by=self.membership)))

    @extend_schema(
        operation_id="leads_report_dead",
        summary="Report a lead dead",
        tags=[CLAIMS_TAG],
        request=GiveBackBody,
        responses={200: ClaimSerializer},
    )
    def report_dead(self, request: Request, lead_id: UUID) -> Response:
        """A channel manager decides; until then the lead stays with you."""
        self.held(lead_id)
        text = GiveBackBody.read(request.data)["text"]
        with self.found():
            return Response(claim_json(report_dead(lead_id, text=text, by=self.membership)))

    @extend_schema(
        operation_id="leads_confirm_dead",
        summary="Find a lead dead that is reported so",
        tags=[CLAIMS_TAG],
        request=DeadBody,
        responses={200: ClaimSerializer},
    )
    def confirm_dead(self, request: Request, lead_id: UUID) -> Response:
        """The lead is not eligible then. Refused (409) where nobody reports it dead."""
        self.of_vendor(lead_id)
        sent = DeadBody.read(request.data)
        with self.found():
            return Response(claim_json(confirm_dead(lead_id, **sent, by=self.membership)))

    @extend_schema(
        operation_id="leads_find_alive",
        summary="Leave a lead with its holder that is reported dead",
        tags=[CLAIMS_TAG],
        request=GiveBackBody,
        responses={200: ClaimSerializer},
    )
    def find_alive(self, request: Request, lead_id: UUID) -> Response:
        """The partner is told why. Refused (409) where nobody reports it dead."""
        self.of_vendor(lead_id)
        text = GiveBackBody.read(request.data)["text"]
        with self.found():
            return Response(claim_json(find_alive(lead_id, text=text, by=self.membership)))

    @extend_schema(
        operation_id="leads_take_back",
        summary="Take a lead, or its offer, back from a partner",
        tags=[CLAIMS_TAG],
        request=GiveBackBody,
        responses={200: ClaimSerializer},
    )
    def take_back(self, request: Request, lead_id: UUID) -> Response:
        """The partner is told why. The lead waits in its queue again."""
        self.of_vendor(lead_id)
        text = GiveBackBody.read(request.data)["text"]
        with self.found():
            return Response(claim_json(take_back(lead_id, text=text, by=self.membership)))

    @extend_schema(
        operation_id="leads_hand_out",
        summary="Hand out a lead",
        tags=[CLAIMS_TAG],
        request=HandOutBody,
        responses={200: PlacedSerializer},
    )
    def hand_out(self, request: Request, lead_id: UUID) -> Response:
        """Into a queue, to one partner, or kept; for leads of the vendor's that no partner has."""
        lead = self.of_vendor(lead_id)
        form = HandOutForm(_typed(HandOutBody.read(request.data)))
        _check(form)
        with self.found():
            place = place_lead(lead_id, to=to_of(form.cleaned_data), by=self.membership)
        return Response({"lead": str(lead.pk), "number": lead.reference, "status": place.place})

    @extend_schema(
        operation_id="vendor_leads_create",
        summary="Bring a lead of the vendor's",
        tags=[CLAIMS_TAG],
        parameters=[ETAG, LOCATION],
        request=VendorLeadBody,
        responses={201: LeadSerializer},
    )
    def create(self, request: Request) -> Response:
        """Into a queue, to one partner, for a partner, or kept."""
        form = VendorLeadForm(_typed(VendorLeadBody.read(request.data)))
        _check(form)
        brought = bring_lead(
            new_id(),
            program=form.program_chosen(),
            answers=form.answers(),
            facts=form.facts(),
            to=to_of(form.cleaned_data),
            by=self.membership,
        )
        lead = lead_for(self.membership, brought.pk)
        answer = Response(lead_json(lead, self.membership), status=201)
        answer["Location"] = reverse("api-lead", args=[lead.pk])
        return self.with_etag(answer, lead.version)

    def held(self, lead_id: UUID) -> None:
        """Raises Http404 where the member's partner neither holds the lead nor is offered it."""
        mine = Claim.objects.filter(lead=lead_id, partner=self.membership.partner_id)
        if self.membership.partner_id is None or not mine.exists():
            raise Http404

    def of_vendor(self, lead_id: UUID) -> Lead:
        try:
            lead = lead_for(self.membership, lead_id)
        except Lead.DoesNotExist:
            raise Http404 from None
        if lead.origin != Origin.VENDOR:
            raise Http404
        return lead

    @contextmanager
    def found(self) -> Iterator[None]:
        try:
            yield
        except (Claim.DoesNotExist, QueuedLead.DoesNotExist):
            raise Http404 from None


def _check(form: Form) -> None:
    """Raise ValidationError with what is wrong, by field."""
    if not form.is_valid():
        raise ValidationError(form_errors(form))


def _typed(sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent as the page's form takes it: ids as text, nothing for null."""
    return {name: str(value) if value is not None else "" for name, value in sent.items()}
