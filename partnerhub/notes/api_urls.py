"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.notes.api import FileViewSet, NoteViewSet

urlpatterns = [
    path("files/<uuid:attachment_id>/", FileViewSet.as_view({"get": "retrieve", "delete": "destroy"}), name="api-file"),
    path("files/<uuid:attachment_id>/content/", FileViewSet.as_view({"get": "content"}), name="api-file-content"),
    path(
        "notes/<uuid:note_id>/",
        NoteViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="api-note",
    ),
    path("notes/<uuid:note_id>/history/", NoteViewSet.as_view({"get": "history"}), name="api-note-history"),
]
