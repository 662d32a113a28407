from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "partnerhub.live"
    label = "live"
    verbose_name = "Live"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from partnerhub.events.services import announce_by  # noqa: PLC0415
        from partnerhub.live.announcing import publish  # noqa: PLC0415

        announce_by(publish)
