"""The pages of mail."""

from notifications.views.communication import CommunicationView, ConfirmAddressView
from notifications.views.delivery import DeliveryView, LiftView, ResendMailView
from notifications.views.hook import MailHookView
from notifications.views.unsubscribe import SubscribeAgainView, UnsubscribeView

__all__ = [
    "CommunicationView",
    "ConfirmAddressView",
    "DeliveryView",
    "LiftView",
    "MailHookView",
    "ResendMailView",
    "SubscribeAgainView",
    "UnsubscribeView",
]
