from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "leads"
    verbose_name = "Leads"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from leads import receivers  # noqa: PLC0415
        from leads.serializers.fields import is_visible  # noqa: PLC0415
        from partnerhub.events.readers import register_readers  # noqa: PLC0415
        from partnerhub.roles import LEADS_VIEW  # noqa: PLC0415

        receivers.connect()
        register_readers("lead", permission=LEADS_VIEW, is_visible=is_visible)
