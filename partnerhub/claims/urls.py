"""Addresses of the pages, below the tenant."""

from django.urls import path

from partnerhub.claims.tables import QueueList, WaitingList
from partnerhub.claims.views import dead, queue, queues, steps
from partnerhub.web.lists.pages import list_paths

app_name = "claims"
urlpatterns = [
    *list_paths("leads/queue/", WaitingList, "waiting", queue.WaitingView),
    path("leads/queue/<uuid:queued_id>/accept/", queue.AcceptView.as_view(), name="accept"),
    path("leads/queue/<uuid:queued_id>/decline/", queue.DeclineView.as_view(), name="decline"),
    path("leads/<uuid:lead_id>/return/", steps.ReturnView.as_view(), name="return"),
    path("leads/<uuid:lead_id>/progress/", steps.ProgressView.as_view(), name="progress"),
    path("leads/<uuid:lead_id>/report-dead/", dead.ReportDeadView.as_view(), name="report-dead"),
    path("leads/<uuid:lead_id>/confirm-dead/", dead.ConfirmDeadView.as_view(), name="confirm-dead"),
    path("leads/<uuid:lead_id>/find-alive/", dead.FindAliveView.as_view(), name="find-alive"),
    path("leads/<uuid:lead_id>/take-back/", steps.TakeBackView.as_view(), name="take-back"),
    path("leads/<uuid:lead_id>/hand-out/", steps.HandOutView.as_view(), name="hand-out"),
    path("vendor-leads/new/", steps.NewVendorLeadView.as_view(), name="new"),
    *list_paths("programme/queues/", QueueList, "queues", queues.QueuesView),
    path("programme/queues/new/", queues.NewQueueView.as_view(), name="new-queue"),
    path("programme/queues/<uuid:queue_id>/", queues.QueueView.as_view(), name="queue"),
]
