from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "partnerhub.appeals"
    label = "appeals"
    verbose_name = "Appeals"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from leads.beside import register_beside  # noqa: PLC0415
        from notifications.services import register_letters  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.appeals import demo, receivers, words  # noqa: F401, PLC0415 - the receivers are connected
        from partnerhub.appeals.beside import appeal_beside, clones_beside  # noqa: PLC0415
        from partnerhub.appeals.letters import LETTERS  # noqa: PLC0415
        from partnerhub.appeals.services import APPEALS  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415

        words.register()
        register_records(APPEALS)
        register_letters(LETTERS)
        register_beside(appeal_beside)
        register_beside(clones_beside)
        register_demo(demo.fill_appeals)
