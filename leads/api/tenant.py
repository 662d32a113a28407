"""What somebody needs to know before a lead, or for one: programs to submit to, representatives to assign to."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from leads.api.base import LeadAPI
from leads.forms.programs import NewProgramForm
from leads.selectors import candidates, programs, representatives, with_own_fields
from leads.serializers import (
    CandidateListSerializer,
    ConflictCheckBody,
    ProgramBody,
    ProgramListSerializer,
    ProgramSerializer,
    RepresentativeListSerializer,
    program_json,
)
from leads.serializers.records import ConflictCheckSerializer, candidate_json, representative_json
from leads.services import readers_of
from leads.services.programs import add_program, set_conflict_check
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.roles import LEADS_TRIAGE, LEADS_VIEW, PROGRAMS_MANAGE
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.api import form_errors


class ProgramViewSet(SeatViewSet):
    permission: ClassVar[str | dict[str, str]] = {"list": LEADS_VIEW, "create": PROGRAMS_MANAGE}

    @extend_schema(
        operation_id="programs_list", summary="List programs", tags=["Programs"], responses=ProgramListSerializer
    )
    def list(self, request: Request) -> Response:
        """The programs that take leads, with their terms and what their forms ask."""
        side = self.membership.side
        return Response({"results": [program_json(program, side) for program in with_own_fields(programs())]})

    @extend_schema(
        operation_id="programs_create",
        summary="Add a program",
        tags=["Programs"],
        request=ProgramBody,
        responses={201: ProgramSerializer},
    )
    def create(self, request: Request) -> Response:
        """A program more, of either kind. The kind decides what the form asks and how a lead goes on."""
        form = NewProgramForm(ProgramBody.read(request.data))
        if not form.is_valid():
            raise ValidationError(form_errors(form))
        program = add_program(form.values(), by=self.membership)
        return Response(program_json(program, self.membership.side), status=201)


class ConflictCheckViewSet(SeatViewSet):
    permission: ClassVar[str | dict[str, str]] = PROGRAMS_MANAGE

    @extend_schema(
        operation_id="conflict_check_read",
        summary="What the conflict check tells",
        tags=["Programs"],
        responses=ConflictCheckSerializer,
    )
    def retrieve(self, request: Request) -> Response:
        return Response({"mode": current_tenant().conflict_check})

    @extend_schema(
        operation_id="conflict_check_set",
        summary="Set what the conflict check tells",
        tags=["Programs"],
        request=ConflictCheckBody,
        responses=ConflictCheckSerializer,
    )
    def update(self, request: Request) -> Response:
        """What a partner is told of others when it submits a lead, from the next one on."""
        mode = ConflictCheckBody.read(request.data)["mode"]
        set_conflict_check(mode, by=self.membership)
        return Response({"mode": mode})


class RepresentativeViewSet(SeatViewSet):
    permission: ClassVar[str | dict[str, str]] = LEADS_TRIAGE

    @extend_schema(
        operation_id="representatives_list",
        summary="List representatives",
        tags=["Programs"],
        responses=RepresentativeListSerializer,
    )
    def list(self, request: Request) -> Response:
        """Whom leads can be assigned to, by name."""
        return Response({"results": [representative_json(member) for member in representatives()]})


class CandidateViewSet(LeadAPI):
    permission: ClassVar[str | dict[str, str]] = LEADS_TRIAGE

    @extend_schema(
        operation_id="leads_candidates",
        summary="Rank the representatives for a lead",
        tags=["Leads"],
        responses=CandidateListSerializer,
    )
    def list(self, request: Request, lead_id: UUID) -> Response:
        """Whom the lead can be assigned to, the best fit first: by free capacity, its country and its partner."""
        found = candidates(self.get_object(), self.membership)
        return Response({"results": [candidate_json(one) for one in found]})


class ReaderViewSet(LeadAPI):
    permission: ClassVar[str | dict[str, str]] = LEADS_TRIAGE

    @extend_schema(
        operation_id="leads_readers",
        summary="Who reads a lead",
        tags=["Leads"],
        responses=RepresentativeListSerializer,
    )
    def list(self, request: Request, lead_id: UUID) -> Response:
        """Who else has the lead open in triage at this moment. Asking does not count as reading."""
        others = readers_of(self.get_object().pk, by=self.membership)
        return Response({"results": [representative_json(member) for member in others]})
