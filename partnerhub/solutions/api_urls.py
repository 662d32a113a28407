"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.records.paths import api_paths
from partnerhub.solutions.api import SolutionsAPI

urlpatterns = [
    path(
        "solutions/<uuid:solution_id>/",
        SolutionsAPI.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-solution",
    ),
    *(one for one in api_paths("solutions/", SolutionsAPI, "solution") if one.name != "api-solution"),
]
