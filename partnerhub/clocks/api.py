"""Due times over the API."""

from typing import ClassVar
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from leads.models import Program
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.clocks.selectors import all_due_times, due_times_of
from partnerhub.clocks.serializers import DueTimesBody, DueTimesListSerializer, DueTimesSerializer, due_times_json
from partnerhub.clocks.services import change_due_times
from partnerhub.errors import Stale
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.web.schema import ETAG, IF_MATCH

CLOCKS_TAG = "Calendar and clocks"


class DueTimesViewSet(SeatViewSet):
    permission: ClassVar[str | dict[str, str]] = PROGRAMS_MANAGE

    @extend_schema(
        operation_id="due_times_list",
        summary="What is due when in each program",
        tags=[CLOCKS_TAG],
        responses=DueTimesListSerializer,
    )
    def list(self, request: Request) -> Response:
        """In hours of the calendar; a program of which nobody has set any has two business days for decisions."""
        return Response({"results": [due_times_json(times) for times in all_due_times()]})

    @extend_schema(
        operation_id="due_times_retrieve",
        summary="What is due when in a program",
        tags=[CLOCKS_TAG],
        parameters=[ETAG],
        responses={200: DueTimesSerializer},
    )
    def retrieve(self, request: Request, program_id: UUID) -> Response:
        times = due_times_of(get_object_or_404(Program, pk=program_id))
        return self.with_etag(Response(due_times_json(times)), times.version)

    @extend_schema(
        operation_id="due_times_change",
        summary="Change what is due when in a program",
        tags=[CLOCKS_TAG],
        parameters=[IF_MATCH, ETAG],
        request=DueTimesBody,
        responses={200: DueTimesSerializer},
    )
    def partial_update(self, request: Request, program_id: UUID) -> Response:
        """What is not sent stays. It holds for the clocks that start from now on."""
        get_object_or_404(Program, pk=program_id)
        seen, sent = self.seen_version(), DueTimesBody.read(request.data)
        try:
            times = change_due_times(program_id, sent, by=self.membership, seen=seen)
        except Stale as stale:
            raise Stale(due_times_json(stale.current), stale.difference, who=stale.who) from None
        return self.with_etag(Response(due_times_json(times)), times.version)
