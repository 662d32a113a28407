"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.events.api import EventViewSet

urlpatterns = [
    path("events/", EventViewSet.as_view({"get": "list"}), name="api-events"),
    path("events/export/", EventViewSet.as_view({"get": "export"}), name="api-events-export"),
    path("events/<uuid:event_id>/", EventViewSet.as_view({"get": "retrieve"}), name="api-event"),
]
