from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from notifications import words  # noqa: PLC0415
        from notifications.services import heartbeat, held, nudge, register_letters  # noqa: PLC0415
        from notifications.services.letters import LETTERS  # noqa: PLC0415
        from partnerhub.events.services import follow  # noqa: PLC0415
        from partnerhub.web.health import HEALTH_CHECKS  # noqa: PLC0415

        words.register()
        register_letters(LETTERS)
        held.register()
        follow(wake=nudge)  # endpoints may hear of anything
        heartbeat.listen_to_worker()
        HEALTH_CHECKS["worker"], HEALTH_CHECKS["webhooks"] = heartbeat.check_worker, heartbeat.check_webhooks
        HEALTH_CHECKS["beat"] = heartbeat.check_beat
        HEALTH_CHECKS["mail"] = heartbeat.check_mail_queue
