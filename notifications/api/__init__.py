"""Mail and webhooks over the API."""

from notifications.api.mail import DeliveryViewSet, PreferencesViewSet
from notifications.api.webhooks import WebhookViewSet

__all__ = ["DeliveryViewSet", "PreferencesViewSet", "WebhookViewSet"]
