"""Addresses of the notes pages, below the tenant."""

from django.urls import path

from partnerhub.notes.views import DeleteFileView, FileView

app_name = "notes"
urlpatterns = [
    path("files/<uuid:attachment_id>/", FileView.as_view(), name="file"),
    path("files/<uuid:attachment_id>/delete/", DeleteFileView.as_view(), name="delete"),
]
