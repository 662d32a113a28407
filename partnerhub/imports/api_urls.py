"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.imports.api import ImportsAPI
from partnerhub.records.paths import api_paths

urlpatterns = [
    *api_paths("imports/", ImportsAPI, "import"),
    path("imports/<uuid:job_id>/rows/", ImportsAPI.as_view({"get": "rows"}), name="api-import-rows"),
    path("imports/<uuid:job_id>/errors/", ImportsAPI.as_view({"get": "errors"}), name="api-import-errors"),
]
