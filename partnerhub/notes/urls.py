"""Addresses of the notes pages, below the tenant."""

from django.urls import path

from partnerhub.notes.views import DeleteFileView, DeleteNoteView, EditNoteView, FileView, NoteView, PreviewView

app_name = "notes"
urlpatterns = [
    path("files/<uuid:attachment_id>/", FileView.as_view(), name="file"),
    path("files/<uuid:attachment_id>/delete/", DeleteFileView.as_view(), name="delete"),
    path("notes/preview/", PreviewView.as_view(), name="preview"),
    path("notes/<uuid:note_id>/", NoteView.as_view(), name="note"),
    path("notes/<uuid:note_id>/edit/", EditNoteView.as_view(), name="edit-note"),
    path("notes/<uuid:note_id>/delete/", DeleteNoteView.as_view(), name="delete-note"),
]
