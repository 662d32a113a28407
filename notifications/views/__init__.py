"""The pages of mail."""

from notifications.views.communication import CommunicationView, ConfirmAddressView
from notifications.views.delivery import DeliveryLogView, MessageView, ResendView
from notifications.views.unsubscribe import SubscribeAgainView, UnsubscribeView

__all__ = [
    "CommunicationView",
    "ConfirmAddressView",
    "DeliveryLogView",
    "MessageView",
    "ResendView",
    "SubscribeAgainView",
    "UnsubscribeView",
]
