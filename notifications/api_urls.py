"""Addresses of the API, below /api/v1/."""

from django.urls import path

from notifications.api import DeliveryViewSet, PreferencesViewSet, WebhookDeliveryViewSet, WebhookViewSet
from notifications.tables import MessageList
from partnerhub.web.lists.bulk_api import bulk_api_paths

MESSAGE_PATH = "delivery-log/<uuid:message_id>/"
WEBHOOK = "webhooks/<uuid:id>/"

urlpatterns = [
    path("delivery-log/", DeliveryViewSet.as_view({"get": "list"}), name="api-delivery"),
    path("delivery-log/export/", DeliveryViewSet.as_view({"get": "export"}), name="api-delivery-export"),
    *bulk_api_paths("delivery-log/", MessageList, tag="Mail", name="delivery"),
    path("delivery-log/bulk-resend/", DeliveryViewSet.as_view({"post": "bulk_resend"}), name="api-bulk-resend"),
    path(MESSAGE_PATH, DeliveryViewSet.as_view({"get": "retrieve"}), name="api-message"),
    path(f"{MESSAGE_PATH}resend/", DeliveryViewSet.as_view({"post": "resend"}), name="api-resend"),
    path(f"{MESSAGE_PATH}lift/", DeliveryViewSet.as_view({"post": "lift"}), name="api-lift"),
    path("webhooks/", WebhookViewSet.as_view({"get": "list", "post": "create"}), name="api-webhooks"),
    path("webhooks/export/", WebhookViewSet.as_view({"get": "export"}), name="api-webhooks-export"),
    path(
        WEBHOOK,
        WebhookViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="api-webhook",
    ),
    path(f"{WEBHOOK}secret/", WebhookViewSet.as_view({"post": "secret"}), name="api-webhook-secret"),
    path(f"{WEBHOOK}test/", WebhookViewSet.as_view({"post": "test"}), name="api-webhook-test"),
    path(f"{WEBHOOK}deliveries/", WebhookDeliveryViewSet.as_view({"get": "list"}), name="api-webhook-deliveries"),
    path(
        f"{WEBHOOK}deliveries/export/",
        WebhookDeliveryViewSet.as_view({"get": "export"}),
        name="api-webhook-deliveries-export",
    ),
    path("preferences/", PreferencesViewSet.as_view({"get": "retrieve", "put": "update"}), name="api-preferences"),
]
