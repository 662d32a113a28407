"""Addresses of the pages, below the tenant."""

from django.urls import path

from partnerhub.exports import views
from partnerhub.records.paths import record_paths

app_name = "exports"
urlpatterns = [
    path("exports/new/<slug:list_name>/", views.AskExportView.as_view(), name="new"),
    path("exports/<uuid:export_id>/file/", views.DownloadView.as_view(), name="file"),
    *record_paths("exports/", views.ExportView),
]
