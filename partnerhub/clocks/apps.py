from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "partnerhub.clocks"
    label = "clocks"
    verbose_name = "Clocks"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from leads.beside import register_beside  # noqa: PLC0415
        from leads.reading import register_reading  # noqa: PLC0415
        from notifications.services import register_before_telling, register_letters  # noqa: PLC0415
        from partnerhub.clocks import receivers, words  # noqa: F401, PLC0415 - the receivers are connected
        from partnerhub.clocks.beside import READ_AS, clocks_beside_lead, clocks_sql  # noqa: PLC0415
        from partnerhub.clocks.letters import LETTERS  # noqa: PLC0415
        from partnerhub.clocks.services import begin_clocks  # noqa: PLC0415

        words.register()
        register_letters(LETTERS)
        register_before_telling(begin_clocks)
        register_reading(READ_AS, clocks_sql)
        register_beside(clocks_beside_lead)
