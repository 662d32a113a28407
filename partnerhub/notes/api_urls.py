"""Addresses of the API, below /api/v1/."""

from django.urls import URLPattern, path

from partnerhub.notes.api import FileViewSet, MessageViewSet, NoteViewSet, WrittenViewSet


def _written(at: str, views: type[WrittenViewSet], name: str) -> list[URLPattern]:
    """A message or a note, and what it said before."""
    return [
        path(at, views.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}), name=name),
        path(f"{at}history/", views.as_view({"get": "history"}), name=f"{name}-history"),
    ]


urlpatterns = [
    path("files/<uuid:attachment_id>/", FileViewSet.as_view({"get": "retrieve", "delete": "destroy"}), name="api-file"),
    path("files/<uuid:attachment_id>/content/", FileViewSet.as_view({"get": "content"}), name="api-file-content"),
    *_written("notes/<uuid:written_id>/", NoteViewSet, "api-note"),
    *_written("messages/<uuid:written_id>/", MessageViewSet, "api-message"),
]
