"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.intake.api import IntakeLinksAPI
from partnerhub.records.paths import api_paths

_list, *rest = api_paths("intake-links/", IntakeLinksAPI, "intake-link")
urlpatterns = [
    path("intake-links/", IntakeLinksAPI.as_view({"get": "list", "post": "create"}), name="api-intake-links"),
    *rest,
]
