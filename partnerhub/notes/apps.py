from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "partnerhub.notes"
    label = "notes"
    verbose_name = "Notes"
