from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SolutionsConfig(AppConfig):
    name, label, verbose_name = "partnerhub.solutions", "solutions", "Solutions"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from notifications.services import register_letters  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415
        from partnerhub.roles import PARTNER, SOLUTIONS_REVIEW, SOLUTIONS_VIEW, VENDOR  # noqa: PLC0415
        from partnerhub.solutions.demo import fill_solutions  # noqa: PLC0415
        from partnerhub.solutions.letters import LETTERS  # noqa: PLC0415
        from partnerhub.solutions.services import SOLUTIONS  # noqa: PLC0415
        from partnerhub.web.navigation import Place, register_places  # noqa: PLC0415
        from partnerhub.web.rights import YES, Right, register_rights  # noqa: PLC0415

        page = (_("Solutions"), "solutions:solutions", "layers")
        register_places(
            (
                Place(*page, "profile", 20, SOLUTIONS_VIEW, sides=(PARTNER,)),
                Place(*page, "partners", 30, SOLUTIONS_VIEW, sides=(VENDOR,)),
            )
        )
        register_rights(
            (
                Right(_("See solutions"), _("What partners sell, and its review"), ((SOLUTIONS_VIEW, YES),), 45),
                Right(_("Review solutions"), _("Publish, mark as co-sell ready"), ((SOLUTIONS_REVIEW, YES),), 46),
            )
        )
        register_records(SOLUTIONS)
        register_letters(LETTERS)
        register_demo(fill_solutions)
