"""The endpoints of webhooks: of one's own organisation, and for the vendor of all partners."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, QueryDict
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from notifications.models import Endpoint, Hook
from notifications.selectors.webhooks import endpoints_for
from notifications.serializers.webhooks import (
    NewWebhookSerializer,
    TriedSerializer,
    WebhookBody,
    WebhookChangeBody,
    WebhookDeliveryListSerializer,
    WebhookDeliverySerializer,
    WebhookListSerializer,
    WebhookSerializer,
    delivery_json,
    webhook_json,
)
from notifications.services import add_endpoint, change_endpoint, remove_endpoint, renew_secret, try_endpoint
from notifications.tables import EndpointList, HookList
from partnerhub.accounts.api.base import PeopleAPI
from partnerhub.errors import Stale
from partnerhub.roles import TOKENS_MANAGE
from partnerhub.web.bodies import NoBody
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.schema import ETAG, IF_MATCH, IF_READ, LOCATION

TAG = ["Webhooks"]


class EndpointAPI(ListAPI, PeopleAPI):
    """What is below one endpoint. A foreign id and none are the same 404."""

    permission: ClassVar[str | dict[str, str]] = TOKENS_MANAGE

    def endpoint(self) -> Endpoint:
        found = endpoints_for(self.membership).filter(pk=self.kwargs["id"]).first()
        if found is None:
            raise Http404
        return found


@serves(EndpointList, WebhookSerializer, tag="Webhooks", page=WebhookListSerializer)
class WebhookViewSet(EndpointAPI):
    def row_json(self, row: Endpoint) -> dict[str, Any]:
        return webhook_json(row)

    @extend_schema(
        operation_id="webhooks_create",
        summary="Add a webhook",
        tags=TAG,
        parameters=[LOCATION, ETAG],
        request=WebhookBody,
        responses={201: NewWebhookSerializer},
    )
    def create(self, request: Request) -> Response:
        """It hears of every event of your side from now on that you may read, or of the types you name.

        The secret stands in this answer and is never shown again, by an Idempotency-Key neither.
        """
        endpoint, secret = add_endpoint(**WebhookBody.read(request.data), by=self.membership)
        response = self.shown_once(endpoint, secret, status=201)
        response["Location"] = reverse("api-webhook", args=[endpoint.pk])
        return response

    @extend_schema(
        operation_id="webhooks_read",
        summary="Read a webhook",
        tags=TAG,
        parameters=[ETAG],
        responses=WebhookSerializer,
    )
    def retrieve(self, request: Request, id: UUID) -> Response:
        return self.shown(self.endpoint())

    @extend_schema(
        operation_id="webhooks_update",
        summary="Change a webhook",
        tags=TAG,
        parameters=[IF_MATCH, ETAG],
        request=WebhookChangeBody,
        responses=WebhookSerializer,
    )
    def partial_update(self, request: Request, id: UUID) -> Response:
        """Its address, its types of events, and whether it is on. One that was switched off begins anew."""
        endpoint = self.endpoint()
        changes = WebhookChangeBody.read(request.data)
        try:
            return self.shown(change_endpoint(endpoint, changes, by=self.membership, seen=self.seen_version()))
        except Stale as stale:
            raise Stale(webhook_json(stale.current), stale.difference) from stale

    @extend_schema(
        operation_id="webhooks_remove",
        summary="Remove a webhook",
        tags=TAG,
        parameters=[IF_READ],
        responses={204: None},
    )
    def destroy(self, request: Request, id: UUID) -> Response:
        """Nothing is sent to it any more."""
        endpoint = self.endpoint()
        seen = self.version_if_sent()
        try:
            remove_endpoint(endpoint, by=self.membership, seen=seen)
        except Stale as stale:
            raise Stale(webhook_json(stale.current)) from None
        return Response(status=204)

    @extend_schema(
        operation_id="webhooks_secret",
        summary="Renew a webhook's secret",
        tags=TAG,
        request=NoBody,
        responses=NewWebhookSerializer,
    )
    def secret(self, request: Request, id: UUID) -> Response:
        """The new secret stands in this answer alone. The former one signs beside it for 24 hours."""
        NoBody.read(request.data)
        return self.shown_once(*renew_secret(self.endpoint(), by=self.membership))

    @extend_schema(
        operation_id="webhooks_test",
        summary="Try a webhook",
        tags=TAG,
        request=NoBody,
        responses={202: TriedSerializer},
    )
    def test(self, request: Request, id: UUID) -> Response:
        """Send it an event `webhook.tested`, by the same way as any other."""
        NoBody.read(request.data)
        return Response({"event": try_endpoint(self.endpoint(), by=self.membership)}, status=202)

    def handle_exception(self, exc: Exception) -> Response:
        """What somebody removed meanwhile is not there."""
        return super().handle_exception(Http404() if isinstance(exc, Endpoint.DoesNotExist) else exc)

    def shown(self, endpoint: Endpoint) -> Response:
        return self.with_etag(Response(webhook_json(endpoint)), endpoint.version)

    def shown_once(self, endpoint: Endpoint, secret: str, *, status: int = 200) -> Response:
        response = self.with_etag(
            Response(webhook_json(endpoint) | {"secret": secret}, status=status), endpoint.version
        )
        response.shown_once = True  # type: ignore[attr-defined]  # read by IdempotencyMiddleware
        return response


@serves(HookList, WebhookDeliverySerializer, tag="Webhooks", page=WebhookDeliveryListSerializer)
class WebhookDeliveryViewSet(EndpointAPI):
    def listing(self, query: QueryDict, since: datetime | None) -> HookList:
        found = HookList(query, self.membership, since=since)
        found.endpoint = self.endpoint()
        return found

    def row_json(self, row: Hook) -> dict[str, Any]:
        return delivery_json(row)
