"""The audit log over the API: read only."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.events.models import Event
from partnerhub.events.selectors import events_for
from partnerhub.events.serializers import EventSerializer, event_json
from partnerhub.events.tables import EventList
from partnerhub.roles import AUDIT_VIEW
from partnerhub.web.lists.api import ListAPI, serves


@serves(EventList, EventSerializer, tag="Audit log")
class EventViewSet(ListAPI):
    """A foreign id and none are the same 404."""

    permission = AUDIT_VIEW

    def row_json(self, row: Event) -> dict[str, Any]:
        return event_json(row, self.membership)

    @extend_schema(operation_id="events_read", summary="Read an event", tags=["Audit log"], responses=EventSerializer)
    def retrieve(self, request: Request, event_id: UUID) -> Response:
        """One event, with the fields before and after."""
        event = events_for(self.membership).filter(pk=event_id).first()
        if event is None:
            raise Http404
        return Response(event_json(event, self.membership))
