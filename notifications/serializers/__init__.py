"""Mail and webhooks as JSON."""

from notifications.serializers.mail import (
    MessageSerializer,
    PreferencesBody,
    PreferencesSerializer,
    message_json,
    preferences_json,
)

__all__ = ["MessageSerializer", "PreferencesBody", "PreferencesSerializer", "message_json", "preferences_json"]
