"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.records.paths import api_paths
from partnerhub.routing.api import FairnessAPI, FallbacksAPI, LeadRoutingAPI, RuleSetsAPI, TrialAPI

urlpatterns = [
    *api_paths("rules/", RuleSetsAPI, "rule-set"),
    path("rules/<uuid:rule_set_id>/trial/", TrialAPI.as_view({"get": "trial"}), name="api-rule-set-trial"),
    path("routing-fairness/", FairnessAPI.as_view({"get": "fairness"}), name="api-routing-fairness"),
    path(
        "routing-fallbacks/",
        FallbacksAPI.as_view({"get": "list", "put": "name_one"}),
        name="api-routing-fallbacks",
    ),
    path("leads/<uuid:lead_id>/routing/", LeadRoutingAPI.as_view({"get": "routing"}), name="api-lead-routing"),
]
