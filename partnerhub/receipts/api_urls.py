"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.receipts.api import ReceiptsViewSet

urlpatterns = [
    path("leads/<uuid:lead_id>/receipt/", ReceiptsViewSet.as_view({"get": "retrieve"}), name="api-lead-receipt"),
    path("receipts/check/", ReceiptsViewSet.as_view({"post": "check"}), name="api-receipts-check"),
]
