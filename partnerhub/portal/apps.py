from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "partnerhub.portal"
    label = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        # Here and not above: what is registered needs the apps.
        from partnerhub.web.navigation import Place, register_places  # noqa: PLC0415

        register_places([Place(_("Home"), "home", "home", group="home", position=0)])
