"""The delivery log and one's own mail settings over the API."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from notifications.models import Message
from notifications.selectors import chosen, communication_of, message_for, own_seat, preferred_email
from notifications.serializers import (
    MessageSerializer,
    PreferencesBody,
    PreferencesSerializer,
    message_json,
    preferences_json,
)
from notifications.services import lift_suppression, resend_message, resend_messages, save_communication
from notifications.states import purposes_for
from notifications.tables import MessageList
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import Stale
from partnerhub.roles import DELIVERY_RESEND, DELIVERY_VIEW
from partnerhub.web.bodies import NoBody
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.lists.bulk_api import BulkResultsSerializer, IdsBody, result_json
from partnerhub.web.schema import ETAG, IF_MATCH, IF_READ
from partnerhub.web.views import ANY_MEMBER


@serves(MessageList, MessageSerializer, tag="Mail", name="delivery")
class DeliveryViewSet(ListAPI, SeatViewSet):
    """A foreign id and none are the same 404."""

    permission: ClassVar[str | dict[str, str]] = {
        "list": DELIVERY_VIEW,
        "export": DELIVERY_VIEW,
        "retrieve": DELIVERY_VIEW,
        "resend": DELIVERY_RESEND,
        "bulk_resend": DELIVERY_RESEND,
        "lift": DELIVERY_RESEND,
    }
    tells_each = frozenset({"bulk_resend"})

    def get_object(self) -> Message:
        try:
            return message_for(self.membership, self.kwargs["message_id"])
        except Message.DoesNotExist:
            raise Http404 from None

    def row_json(self, row: Message) -> dict[str, Any]:
        return self.shown(row)

    @extend_schema(
        operation_id="delivery_read",
        summary="Read a message",
        tags=["Mail"],
        parameters=[ETAG],
        responses=MessageSerializer,
    )
    def retrieve(self, request: Request, message_id: UUID) -> Response:
        """One message, with what the mail server said and why the person gets it."""
        return self.answer()

    @extend_schema(
        operation_id="delivery_resend",
        summary="Send a message again",
        tags=["Mail"],
        parameters=[IF_READ, ETAG],
        request=NoBody,
        responses=MessageSerializer,
    )
    def resend(self, request: Request, message_id: UUID) -> Response:
        """Put it into the queue as a new mail. A refusal of its address is forgotten."""
        NoBody.read(request.data)
        self.act(resend_message)
        return self.answer()

    @extend_schema(
        operation_id="delivery_bulk_resend_now",
        deprecated=True,
        summary="Send many messages again",
        tags=["Mail"],
        request=IdsBody,
        responses=BulkResultsSerializer,
    )
    def bulk_resend(self, request: Request) -> Response:
        """Put up to 100 messages into the queue, each as a new mail, with a result for each."""
        ids = IdsBody.read(request.data)["ids"]
        results = resend_messages(dict.fromkeys(ids), by=self.membership)
        return Response({"results": [result_json(key, results[key]) for key in ids]})

    @extend_schema(
        operation_id="delivery_lift",
        summary="Let an address get mail again",
        tags=["Mail"],
        parameters=[IF_READ, ETAG],
        request=NoBody,
        responses=MessageSerializer,
    )
    def lift(self, request: Request, message_id: UUID) -> Response:
        """The message's address, from which mail came back or was complained about. 409 where it gets its mail."""
        NoBody.read(request.data)
        self.act(lift_suppression)
        return self.answer()

    def act(self, verb: Callable[..., object]) -> None:
        message, seen = self.get_object(), self.version_if_sent()
        try:
            verb(message, by=self.membership, seen=seen)
        except Stale as stale:
            raise Stale(self.shown(stale.current)) from None

    def answer(self) -> Response:
        message = self.get_object()
        return self.with_etag(Response(self.shown(message)), message.version)

    def shown(self, message: Message) -> dict[str, Any]:
        return message_json(message, self.request.tenant.name)


class PreferencesViewSet(SeatViewSet):
    """Always the caller's own."""

    permission: ClassVar[str | dict[str, str]] = ANY_MEMBER

    @extend_schema(
        operation_id="preferences_read",
        summary="Read your mail settings",
        tags=["Mail"],
        parameters=[ETAG],
        responses=PreferencesSerializer,
    )
    def retrieve(self, request: Request) -> Response:
        """Where your mail goes, and which kinds of it."""
        seat = own_seat(self.membership)
        purposes = purposes_for(seat.side)
        answer = Response(preferences_json(seat, purposes, chosen(seat), address=preferred_email(seat)))
        return self.with_etag(answer, communication_of(seat).version)

    @extend_schema(
        operation_id="preferences_write",
        summary="Change your mail settings",
        tags=["Mail"],
        parameters=[IF_MATCH, ETAG],
        request=PreferencesBody,
        responses=PreferencesSerializer,
    )
    def update(self, request: Request) -> Response:
        """Another address gets a link first; mail goes there once somebody has followed it."""
        seen, sent = self.seen_version(), PreferencesBody.read(request.data)
        try:
            save_communication(
                self.membership,
                sent.get("purposes", {}),
                sent.get("preferred_email"),
                seen=seen,
                language=get_language() or "",
            )
        except Stale:
            raise Stale(self.retrieve(request).data) from None
        return self.retrieve(request)
