from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "partnerhub.intake"
    label = "intake"
    verbose_name = "Intake"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from leads.beside import register_beside  # noqa: PLC0415
        from notifications.services import register_letters  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.intake import demo, words  # noqa: PLC0415
        from partnerhub.intake.beside import intake_beside  # noqa: PLC0415
        from partnerhub.intake.letters import LETTERS  # noqa: PLC0415
        from partnerhub.intake.services import INTAKE_LINKS  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415

        words.register()
        register_records(INTAKE_LINKS)
        register_letters(LETTERS)
        register_beside(intake_beside)
        register_demo(demo.fill_intake)
