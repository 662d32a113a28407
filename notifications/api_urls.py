"""Addresses of the API, below /api/v1/."""

from django.urls import path

from notifications.api import DeliveryViewSet, PreferencesViewSet

MESSAGE = "delivery-log/<uuid:message_id>/"

urlpatterns = [
    path("delivery-log/", DeliveryViewSet.as_view({"get": "list"}), name="api-delivery"),
    path("delivery-log/export/", DeliveryViewSet.as_view({"get": "export"}), name="api-delivery-export"),
    path(MESSAGE, DeliveryViewSet.as_view({"get": "retrieve"}), name="api-message"),
    path(f"{MESSAGE}resend/", DeliveryViewSet.as_view({"post": "resend"}), name="api-resend"),
    path(f"{MESSAGE}lift/", DeliveryViewSet.as_view({"post": "lift"}), name="api-lift"),
    path("preferences/", PreferencesViewSet.as_view({"get": "retrieve", "put": "update"}), name="api-preferences"),
]
