"""Runs over the API: how far they are, what became of each row, once more, back, and stop."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.bulk.models import Run
from partnerhub.bulk.selectors import run_for, run_told
from partnerhub.bulk.serializers import results_url, run_json, run_result_json
from partnerhub.bulk.services import retry_run, stop_run, undo_run
from partnerhub.web.addresses import below_portal, portal_address
from partnerhub.web.bodies import NoBody
from partnerhub.web.lists.bulk_api import RUN_LOCATION, BulkResultSerializer, BulkRunSerializer
from partnerhub.web.views import DESCRIPTION

FROM_PARAMETER = OpenApiParameter(
    "from", int, description="Where a page begins: taken from `more` or `next`, never made up."
)
ONLY_PARAMETER = OpenApiParameter("only", str, enum=["failed"], description="Only what was not done.")
BEGUN = {200: BulkRunSerializer, 202: BulkRunSerializer}


class BulkResultPageSerializer(serializers.Serializer[Any]):
    """Some results of a run, in the order of the list. There are no more once `next` is null."""

    results = BulkResultSerializer(many=True)
    next = serializers.URLField(allow_null=True)


class RunViewSet(SeatViewSet):
    """One's own, and for a token its own: whoever may begin a run may read what became of it.

    To try again and to undo take the permission of the act itself.
    """

    permission = DESCRIPTION

    @property
    def subject(self) -> Run:
        try:
            return run_for(self.membership, self.kwargs["id"])
        except Run.DoesNotExist:
            raise Http404 from None

    @extend_schema(operation_id="bulk_runs_read", summary="Read a run", tags=["Lists"], responses=BulkRunSerializer)
    def retrieve(self, request: Request, id: UUID) -> Response:
        """How far a bulk act is, and what became of the first of its records. It is kept for 30 days."""
        return Response(self.written(self.subject))

    @extend_schema(
        operation_id="bulk_runs_results",
        summary="Read the results of a run",
        tags=["Lists"],
        parameters=[FROM_PARAMETER, ONLY_PARAMETER],
        responses=BulkResultPageSerializer,
    )
    def results(self, request: Request, id: UUID) -> Response:
        """What became of each record, in the order of the list."""
        run, query = self.subject, request.query_params
        since, only = query.get("from", "0"), query.get("only", "failed")
        wrong = {name: [_("There is no such parameter.")] for name in query if name not in {"from", "only"}}
        if not (since.isascii() and since.isdigit() and len(since) < 10):
            wrong["from"] = [_("Take it from the link to the next page.")]
        if only != "failed":
            wrong["only"] = [_("Choose from the list.")]
        if wrong:
            raise ValidationError(wrong)
        told = run_told(run, since=int(since), only_failed="only" in query)
        further = results_url(run, told.further, only_failed="only" in query)
        results = [run_result_json(key, result) for key, result in told.rows]
        return Response({"results": results, "next": further and self.absolute(further)})

    @extend_schema(
        operation_id="bulk_runs_retry",
        summary="Try again what was not done",
        tags=["Lists"],
        parameters=[RUN_LOCATION],
        request=NoBody,
        responses=BEGUN,
    )
    def retry(self, request: Request, id: UUID) -> Response:
        """A new run for the records that were not done, as they are now, with the same answers. Once for a run."""
        NoBody.read(request.data)
        return self.begun(retry_run(self.subject.pk, by=self.membership))

    @extend_schema(
        operation_id="bulk_runs_undo",
        summary="Undo a run",
        tags=["Lists"],
        parameters=[RUN_LOCATION],
        request=NoBody,
        responses=BEGUN,
    )
    def undo(self, request: Request, id: UUID) -> Response:
        """A new run that takes back what was done and has not changed since. Within an hour, where the act has it."""
        NoBody.read(request.data)
        return self.begun(undo_run(self.subject.pk, by=self.membership))

    @extend_schema(
        operation_id="bulk_runs_stop", summary="Stop a run", tags=["Lists"], request=NoBody, responses=BulkRunSerializer
    )
    def stop(self, request: Request, id: UUID) -> Response:
        """Leave the rest as it is. What is being done at this moment is done first."""
        NoBody.read(request.data)
        return Response(self.written(stop_run(self.subject.pk, by=self.membership)))

    def begun(self, run: Run) -> Response:
        response = Response(self.written(run), status=200 if run.is_over else 202)
        response["Location"] = reverse("api-bulk-run", args=[run.pk])
        return response

    def written(self, run: Run) -> dict[str, Any]:
        shown = run_json(run)
        return shown | {"more": shown["more"] and self.absolute(shown["more"])}

    def absolute(self, address: str) -> str:
        return f"{portal_address(self.request.tenant)}{below_portal(address)}"
