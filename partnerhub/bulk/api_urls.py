"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.bulk.api import RunViewSet

RUN_PATH = "bulk-runs/<uuid:id>/"

urlpatterns = [
    path(RUN_PATH, RunViewSet.as_view({"get": "retrieve"}), name="api-bulk-run"),
    path(f"{RUN_PATH}results/", RunViewSet.as_view({"get": "results"}), name="api-bulk-run-results"),
    path(f"{RUN_PATH}retry/", RunViewSet.as_view({"post": "retry"}), name="api-bulk-run-retry"),
    path(f"{RUN_PATH}undo/", RunViewSet.as_view({"post": "undo"}), name="api-bulk-run-undo"),
    path(f"{RUN_PATH}stop/", RunViewSet.as_view({"post": "stop"}), name="api-bulk-run-stop"),
]
