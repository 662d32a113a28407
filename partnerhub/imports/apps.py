from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name, label, verbose_name = "partnerhub.imports", "imports", "Imports"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from notifications.services import register_letters  # noqa: PLC0415
        from partnerhub.imports import words  # noqa: PLC0415
        from partnerhub.imports.letters import LETTERS  # noqa: PLC0415
        from partnerhub.imports.services import IMPORTS  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415
        from partnerhub.roles import OWN_VIEW  # noqa: PLC0415
        from partnerhub.web.navigation import Place, register_places  # noqa: PLC0415

        register_places((Place(_("Imports"), "imports:imports", "file", "settings", 64, OWN_VIEW),))
        words.register()
        register_records(IMPORTS)
        register_letters(LETTERS)
