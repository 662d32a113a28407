"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.calendars.api import CalendarViewSet

urlpatterns = [
    path(
        "calendar/",
        CalendarViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-calendar",
    ),
]
