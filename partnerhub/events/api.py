"""The audit log over the API: read only."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.events.filters import LONGEST, AuditFilter
from partnerhub.events.selectors import events_for
from partnerhub.events.serializers import EventListSerializer, EventSerializer, event_json
from partnerhub.events.tables import COLUMNS, DEFAULT_ORDER
from partnerhub.events.words import GROUPS, KINDS
from partnerhub.roles import AUDIT_VIEW
from partnerhub.web.api import PortalViewSet
from partnerhub.web.api_lists import check_list, list_json, list_parameters
from partnerhub.web.lists import order_of, page_of, size_of

A_DAY = {"type": "string", "format": "date"}
PARAMETERS = [
    OpenApiParameter("kind", str, enum=[*GROUPS, *KINDS], description="A kind, or all of a group: `lead`."),
    OpenApiParameter("person", {"type": "string", "maxLength": LONGEST}, description="Part of the actor's name."),
    OpenApiParameter("since", A_DAY, description="A day in your own time zone."),
    OpenApiParameter("until", A_DAY, description="A day in your own time zone, included."),
    *list_parameters(COLUMNS, DEFAULT_ORDER),
]


class EventViewSet(PortalViewSet):
    """A foreign id and none are the same 404."""

    permission = AUDIT_VIEW

    @extend_schema(
        operation_id="events_list",
        summary="List events",
        tags=["Audit log"],
        parameters=PARAMETERS,
        responses=EventListSerializer,
    )
    def list(self, request: Request) -> Response:
        """Who did what, when and from where, newest first unless sorted otherwise."""
        query: Any = request._request.GET
        found = AuditFilter(query)
        rows = found.rows(self.membership)
        order = order_of(query.get("sort", ""), COLUMNS, DEFAULT_ORDER)
        errors = {name: [str(text) for text in texts] for name, texts in found.errors.items()}
        check_list(query, rows, order, COLUMNS, filters=found.fields, errors=errors)
        page = page_of(rows, order, cursor=query.get("cursor", ""), size=size_of(query.get("size")))
        return Response(list_json(request, page, lambda event: event_json(event, self.membership)))

    @extend_schema(operation_id="events_read", summary="Read an event", tags=["Audit log"], responses=EventSerializer)
    def retrieve(self, request: Request, event_id: UUID) -> Response:
        """One event, with the fields before and after."""
        event = events_for(self.membership).filter(pk=event_id).first()
        if event is None:
            raise Http404
        return Response(event_json(event, self.membership))
