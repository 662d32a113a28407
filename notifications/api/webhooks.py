"""The endpoints of webhooks: of one's own organisation, and for the vendor of all partners."""

from typing import ClassVar
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from notifications.models import Endpoint
from notifications.selectors.webhooks import deliveries_to, endpoints_for
from notifications.serializers.webhooks import (
    NewWebhookSerializer,
    TriedSerializer,
    WebhookBody,
    WebhookChangeBody,
    WebhookDeliveryListSerializer,
    WebhookListSerializer,
    WebhookSerializer,
    delivery_json,
    webhook_json,
)
from notifications.services import add_endpoint, change_endpoint, remove_endpoint, renew_secret, try_endpoint
from partnerhub.accounts.api.base import NEWEST_FIRST, PAGING_PARAMETERS, PeopleAPI
from partnerhub.errors import Stale
from partnerhub.roles import TOKENS_MANAGE
from partnerhub.web.bodies import NoBody
from partnerhub.web.schema import ETAG, IF_MATCH, LOCATION

TAG = ["Webhooks"]


class WebhookViewSet(PeopleAPI):
    """A foreign id and none are the same 404."""

    permission: ClassVar[str | dict[str, str]] = TOKENS_MANAGE

    @extend_schema(
        operation_id="webhooks_list",
        summary="List webhooks",
        tags=TAG,
        parameters=PAGING_PARAMETERS,
        responses=WebhookListSerializer,
    )
    def list(self, request: Request) -> Response:
        """Those of your organisation, for the vendor of all partners too, newest first. Never a secret."""
        return self.page(endpoints_for(self.membership), NEWEST_FIRST, webhook_json, known=())

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

    @extend_schema(operation_id="webhooks_remove", summary="Remove a webhook", tags=TAG, responses={204: None})
    def destroy(self, request: Request, id: UUID) -> Response:
        """Nothing is sent to it any more."""
        remove_endpoint(self.endpoint(), by=self.membership)
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

    @extend_schema(
        operation_id="webhooks_deliveries",
        summary="List what a webhook was sent",
        tags=TAG,
        parameters=PAGING_PARAMETERS,
        responses=WebhookDeliveryListSerializer,
    )
    def deliveries(self, request: Request, id: UUID) -> Response:
        """Newest first, with what came back."""
        return self.page(deliveries_to(self.endpoint()), NEWEST_FIRST, delivery_json, known=())

    def handle_exception(self, exc: Exception) -> Response:
        """What somebody removed meanwhile is not there."""
        return super().handle_exception(Http404() if isinstance(exc, Endpoint.DoesNotExist) else exc)

    def endpoint(self) -> Endpoint:
        found = endpoints_for(self.membership).filter(pk=self.kwargs["id"]).first()
        if found is None:
            raise Http404
        return found

    def shown(self, endpoint: Endpoint) -> Response:
        return self.with_etag(Response(webhook_json(endpoint)), endpoint.version)

    def shown_once(self, endpoint: Endpoint, secret: str, *, status: int = 200) -> Response:
        response = self.with_etag(
            Response(webhook_json(endpoint) | {"secret": secret}, status=status), endpoint.version
        )
        response.shown_once = True  # type: ignore[attr-defined]  # read by IdempotencyMiddleware
        return response
