"""The calendar over the API."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.calendars.selectors import current_calendar
from partnerhub.calendars.serializers import CalendarBody, CalendarSerializer, calendar_json
from partnerhub.calendars.services import change_calendar
from partnerhub.errors import Stale
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.web.schema import ETAG, IF_MATCH


class CalendarViewSet(SeatViewSet):
    permission: ClassVar[str | dict[str, str]] = PROGRAMS_MANAGE

    @extend_schema(
        operation_id="calendar_retrieve",
        summary="The calendar",
        tags=["Calendar and clocks"],
        parameters=[ETAG],
        responses={200: CalendarSerializer},
    )
    def retrieve(self, request: Request) -> Response:
        """When the vendor's people work, and the next days on which they do not."""
        calendar = current_calendar()
        return self.with_etag(Response(calendar_json(calendar)), calendar.version)

    @extend_schema(
        operation_id="calendar_change",
        summary="Change the calendar",
        tags=["Calendar and clocks"],
        parameters=[IF_MATCH, ETAG],
        request=CalendarBody,
        responses={200: CalendarSerializer},
    )
    def partial_update(self, request: Request) -> Response:
        """What is not sent stays. What is due is reckoned anew."""
        seen, sent = self.seen_version(), CalendarBody.read(request.data)
        try:
            calendar = change_calendar(sent, by=self.membership, seen=seen)
        except Stale as stale:
            raise Stale(calendar_json(stale.current), stale.difference, who=stale.who) from None
        return self.with_etag(Response(calendar_json(calendar)), calendar.version)
