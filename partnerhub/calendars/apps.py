from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "partnerhub.calendars"
    label = "calendars"
    verbose_name = "Calendars"

    def ready(self) -> None:
        from partnerhub.calendars import words  # noqa: PLC0415 - not above: it needs the apps

        words.register()
