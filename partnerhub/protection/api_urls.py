"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.protection.api import ProtectionRulesAPI, ProtectionsAPI
from partnerhub.records.paths import api_paths

urlpatterns = [
    *api_paths("protections/", ProtectionsAPI, "protection"),
    path(
        "protection-rules/",
        ProtectionRulesAPI.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-protection-rules",
    ),
    path("protections/ratio/", ProtectionsAPI.as_view({"get": "ratio"}), name="api-protections-ratio"),
]
