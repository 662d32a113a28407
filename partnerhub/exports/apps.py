from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    name, label, verbose_name = "partnerhub.exports", "exports", "Exports"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from notifications.services import register_letters  # noqa: PLC0415
        from partnerhub.exports.letters import LETTERS  # noqa: PLC0415
        from partnerhub.exports.services import EXPORTS  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415
        from partnerhub.roles import OWN_VIEW  # noqa: PLC0415
        from partnerhub.web.lists.filing import register_files  # noqa: PLC0415
        from partnerhub.web.navigation import Place, register_places  # noqa: PLC0415

        register_places((Place(_("Exports"), "exports:exports", "download", "settings", 65, OWN_VIEW),))
        register_records(EXPORTS)
        register_letters(LETTERS)
        register_files("exports:new")
