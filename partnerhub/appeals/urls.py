"""Addresses of the pages, below the tenant."""

from django.urls import path

from partnerhub.appeals import views
from partnerhub.records.paths import record_paths

app_name = "appeals"
urlpatterns = [
    path("leads/<uuid:lead_id>/clone/", views.CloneView.as_view(), name="clone"),
    *record_paths("appeals/", views.AppealView),
]
