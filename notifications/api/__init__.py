"""Mail and webhooks over the API."""

from notifications.api.mail import DeliveryViewSet, PreferencesViewSet
from notifications.api.webhooks import WebhookDeliveryViewSet, WebhookViewSet

__all__ = ["DeliveryViewSet", "PreferencesViewSet", "WebhookDeliveryViewSet", "WebhookViewSet"]
