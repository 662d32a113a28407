"""The pages of mail."""

from notifications.views.communication import CommunicationView, ConfirmAddressView
from notifications.views.delivery import DeliveryLogView, LiftView, MessageView, ResendView
from notifications.views.hook import MailHookView
from notifications.views.unsubscribe import SubscribeAgainView, UnsubscribeView

__all__ = [
    "CommunicationView",
    "ConfirmAddressView",
    "DeliveryLogView",
    "LiftView",
    "MailHookView",
    "MessageView",
    "ResendView",
    "SubscribeAgainView",
    "UnsubscribeView",
]
