"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.records.paths import api_paths
from partnerhub.routing.api import FallbacksAPI, LeadRoutingAPI, RuleSetsAPI

urlpatterns = [
    *api_paths("rules/", RuleSetsAPI, "rule-set"),
    path(
        "routing-fallbacks/",
        FallbacksAPI.as_view({"get": "list", "put": "name_one"}),
        name="api-routing-fallbacks",
    ),
    path("leads/<uuid:lead_id>/routing/", LeadRoutingAPI.as_view({"get": "routing"}), name="api-lead-routing"),
]
