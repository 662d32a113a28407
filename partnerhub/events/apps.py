from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "partnerhub.events"
    label = "events"
    verbose_name = "Events"

    def ready(self) -> None:
        # Here and not above: what is registered needs the apps.
        from partnerhub.events import places  # noqa: PLC0415

        places.register()
