"""The pages of mail."""

from notifications.views.communication import CommunicationView, ConfirmAddressView
from notifications.views.delivery import LiftView, MessageView, ResendView
from notifications.views.hook import MailHookView
from notifications.views.unsubscribe import SubscribeAgainView, UnsubscribeView

__all__ = [
    "CommunicationView",
    "ConfirmAddressView",
    "LiftView",
    "MailHookView",
    "MessageView",
    "ResendView",
    "SubscribeAgainView",
    "UnsubscribeView",
]
