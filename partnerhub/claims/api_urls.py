"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.claims.api import ClaimsViewSet, QueuesViewSet, WaitingViewSet

LEAD_CLAIM_PATH = "leads/<uuid:lead_id>/"
urlpatterns = [
    path("leads/queue/", WaitingViewSet.as_view({"get": "list"}), name="api-waiting-leads"),
    path("leads/queue/export/", WaitingViewSet.as_view({"get": "export"}), name="api-waiting-leads-export"),
    path(f"{LEAD_CLAIM_PATH}claim/", ClaimsViewSet.as_view({"post": "claim"}), name="api-lead-claim"),
    path(f"{LEAD_CLAIM_PATH}return/", ClaimsViewSet.as_view({"post": "give_back"}), name="api-lead-return"),
    path(f"{LEAD_CLAIM_PATH}progress/", ClaimsViewSet.as_view({"post": "progress"}), name="api-lead-progress"),
    path(f"{LEAD_CLAIM_PATH}report-dead/", ClaimsViewSet.as_view({"post": "report_dead"}), name="api-lead-report-dead"),
    path(
        f"{LEAD_CLAIM_PATH}confirm-dead/", ClaimsViewSet.as_view({"post": "confirm_dead"}), name="api-lead-confirm-dead"
    ),
    path(f"{LEAD_CLAIM_PATH}find-alive/", ClaimsViewSet.as_view({"post": "find_alive"}), name="api-lead-find-alive"),
    path(f"{LEAD_CLAIM_PATH}take-back/", ClaimsViewSet.as_view({"post": "take_back"}), name="api-lead-take-back"),
    path(f"{LEAD_CLAIM_PATH}hand-out/", ClaimsViewSet.as_view({"post": "hand_out"}), name="api-lead-hand-out"),
    path("vendor-leads/", ClaimsViewSet.as_view({"post": "create"}), name="api-vendor-leads"),
    path("queues/", QueuesViewSet.as_view({"get": "list", "post": "create"}), name="api-queues"),
    path("queues/export/", QueuesViewSet.as_view({"get": "export"}), name="api-queues-export"),
    path(
        "queues/<uuid:queue_id>/",
        QueuesViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-queue",
    ),
]
