"""Addresses of the notes pages, below the tenant."""

from django.urls import URLPattern, path

from partnerhub.notes.views import (
    MESSAGES,
    NOTES,
    DeleteFileView,
    DeleteView,
    EditView,
    FileView,
    MentionView,
    PreviewView,
    WrittenKind,
    WrittenView,
)


def _written(kind: WrittenKind, address: str, name: str) -> list[URLPattern]:
    """What was written, with what it said before; editing it, deleting it."""
    at = f"{address}/<uuid:written_id>/"
    return [
        path(at, WrittenView.as_view(kind=kind), name=name),
        path(f"{at}edit/", EditView.as_view(kind=kind), name=f"edit-{name}"),
        path(f"{at}delete/", DeleteView.as_view(kind=kind), name=f"delete-{name}"),
    ]


app_name = "notes"
urlpatterns = [
    path("files/<uuid:attachment_id>/", FileView.as_view(), name="file"),
    path("files/<uuid:attachment_id>/delete/", DeleteFileView.as_view(), name="delete"),
    path("mentions/<uuid:record_id>/", MentionView.as_view(), name="mentions"),
    path("notes/preview/", PreviewView.as_view(), name="preview"),
    *_written(NOTES, "notes", "note"),
    *_written(MESSAGES, "messages", "message"),
]
