from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "partnerhub.notes"
    label = "notes"
    verbose_name = "Notes"

    def ready(self) -> None:
        # Here and not above: what is registered needs the apps.
        from partnerhub.notes import words  # noqa: PLC0415

        words.register()
