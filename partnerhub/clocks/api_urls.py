"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.clocks.api import DueTimesViewSet

urlpatterns = [
    path("due-times/", DueTimesViewSet.as_view({"get": "list"}), name="api-due-times"),
    path(
        "due-times/<uuid:program_id>/",
        DueTimesViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-due-times-of",
    ),
]
