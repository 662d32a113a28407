"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.notes.api import FileViewSet

urlpatterns = [
    path("files/<uuid:attachment_id>/", FileViewSet.as_view({"get": "retrieve", "delete": "destroy"}), name="api-file"),
    path("files/<uuid:attachment_id>/content/", FileViewSet.as_view({"get": "content"}), name="api-file-content"),
]
