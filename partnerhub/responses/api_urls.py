"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.records.paths import api_paths
from partnerhub.responses.api import ResponseRulesAPI, ResponsesAPI

urlpatterns = [
    *api_paths("responses/", ResponsesAPI, "response"),
    path(
        "response-rules/",
        ResponseRulesAPI.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-response-rules",
    ),
]
