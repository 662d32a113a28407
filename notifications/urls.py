"""Addresses of the notifications pages, below the tenant."""

from django.urls import path

from notifications import views
from notifications.tables import MessageList
from partnerhub.web.lists.pages import list_paths

app_name = "notifications"
urlpatterns = [
    path("settings/communication/", views.CommunicationView.as_view(), name="communication"),
    path("settings/communication/confirm/<str:token>/", views.ConfirmAddressView.as_view(), name="confirm-address"),
    *list_paths("delivery-log/", MessageList, "delivery"),
    path("delivery-log/<uuid:message_id>/", views.DeliveryView.as_view(), name="message"),
    path("delivery-log/<uuid:message_id>/resend/", views.ResendMailView.as_view(), name="resend"),
    path("delivery-log/<uuid:message_id>/lift/", views.LiftView.as_view(), name="lift"),
    path("hooks/mail/", views.MailHookView.as_view(), name="mail-hook"),
    path("unsubscribe/<str:token>/", views.UnsubscribeView.as_view(), name="unsubscribe"),
    path("unsubscribe/<str:token>/again/", views.SubscribeAgainView.as_view(), name="subscribe-again"),
]
