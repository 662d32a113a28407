"""Addresses of the pages, below the tenant. Where a file comes in is the matter of the list that it goes to."""

from django.urls import path

from partnerhub.imports import views
from partnerhub.records.paths import record_paths

app_name = "imports"
urlpatterns = [
    path("imports/<uuid:job_id>/mapping/", views.MappingView.as_view(), name="mapping"),
    path("imports/<uuid:job_id>/errors/", views.ErrorsView.as_view(), name="errors"),
    path("imports/mappings/<uuid:mapping_id>/", views.KeepMappingView.as_view(), name="saved-mapping"),
    path("imports/mappings/<uuid:mapping_id>/delete/", views.DeleteMappingView.as_view(), name="delete-mapping"),
    *record_paths("imports/", views.ImportView),
]
