"""What somebody needs to know before a lead: programs to submit to, representatives to assign to."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from leads.selectors import programs, representatives, with_own_fields
from leads.serializers import ProgramListSerializer, RepresentativeListSerializer, program_json
from leads.serializers.records import representative_json
from partnerhub.roles import LEADS_TRIAGE, LEADS_VIEW
from partnerhub.web.api import PortalViewSet


class ProgramViewSet(PortalViewSet):
    permission: Any = LEADS_VIEW

    @extend_schema(
        operation_id="programs_list", summary="List programs", tags=["Programs"], responses=ProgramListSerializer
    )
    def list(self, request: Request) -> Response:
        """The programs that take leads, with their terms and what their forms ask."""
        side = self.membership.side
        return Response({"results": [program_json(program, side) for program in with_own_fields(programs())]})


class RepresentativeViewSet(PortalViewSet):
    permission: Any = LEADS_TRIAGE

    @extend_schema(
        operation_id="representatives_list",
        summary="List representatives",
        tags=["Programs"],
        responses=RepresentativeListSerializer,
    )
    def list(self, request: Request) -> Response:
        """Whom leads can be assigned to, by name."""
        return Response({"results": [representative_json(member) for member in representatives()]})
