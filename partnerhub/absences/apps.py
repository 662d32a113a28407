from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AbsencesConfig(AppConfig):
    name, label, verbose_name = "partnerhub.absences", "absences", "Absences"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from notifications.services import register_letters, register_words  # noqa: PLC0415
        from partnerhub.absences.cover import stood_in_for  # noqa: PLC0415
        from partnerhub.absences.demo import fill_absences  # noqa: PLC0415
        from partnerhub.absences.letters import LETTERS, absence_words  # noqa: PLC0415
        from partnerhub.absences.services import ABSENCES  # noqa: PLC0415
        from partnerhub.accounts.covering import register_covering  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415
        from partnerhub.roles import OWN_VIEW  # noqa: PLC0415
        from partnerhub.web.navigation import Place, register_places  # noqa: PLC0415

        register_places((Place(_("Absences"), "absences:absences", "user", "settings", 62, OWN_VIEW),))
        register_covering(stood_in_for)
        register_records(ABSENCES)
        register_letters(LETTERS)
        register_words("absence", absence_words)
        register_demo(fill_absences)
