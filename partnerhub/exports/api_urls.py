"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.exports.api import ExportsAPI
from partnerhub.records.paths import api_paths

urlpatterns = [
    *api_paths("exports/", ExportsAPI, "export"),
    path("exports/<uuid:export_id>/file/", ExportsAPI.as_view({"get": "file"}), name="api-export-file"),
]
