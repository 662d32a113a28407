from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from notifications import receivers  # noqa: F401, PLC0415
        from notifications.services.heartbeat import listen_to_worker  # noqa: PLC0415

        listen_to_worker()
