from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "partnerhub.notes"
    label = "notes"
    verbose_name = "Notes"

    def ready(self) -> None:
        from partnerhub.events.words import register_told  # noqa: PLC0415 - its models need the apps
        from partnerhub.notes.told import TOLD  # noqa: PLC0415

        register_told(TOLD)
