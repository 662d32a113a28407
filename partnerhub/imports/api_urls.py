"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.imports.api import ImportsAPI, SavedMappingsAPI
from partnerhub.records.paths import api_paths

urlpatterns = [
    *api_paths("imports/", ImportsAPI, "import"),
    path("imports/<uuid:job_id>/rows/", ImportsAPI.as_view({"get": "rows"}), name="api-import-rows"),
    path("imports/<uuid:job_id>/errors/", ImportsAPI.as_view({"get": "errors"}), name="api-import-errors"),
    path("import-mappings/", SavedMappingsAPI.as_view({"get": "list", "post": "create"}), name="api-import-mappings"),
    path("import-mappings/export/", SavedMappingsAPI.as_view({"get": "export"}), name="api-import-mappings-export"),
    path(
        "import-mappings/<uuid:mapping_id>/",
        SavedMappingsAPI.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="api-import-mapping",
    ),
]
