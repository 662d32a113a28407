from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name, label, verbose_name = "partnerhub.registrations", "registrations", "Incentive registrations"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from deals.panels import register_part  # noqa: PLC0415
        from notifications.services import register_letters  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415
        from partnerhub.registrations import home, words  # noqa: PLC0415
        from partnerhub.registrations.beside import REGISTRATION_PART, registration_part  # noqa: PLC0415
        from partnerhub.registrations.demo import fill_registrations  # noqa: PLC0415
        from partnerhub.registrations.letters import LETTERS  # noqa: PLC0415
        from partnerhub.registrations.services import INCENTIVES, REGISTRATIONS, held  # noqa: PLC0415
        from partnerhub.web.homes import register_home  # noqa: PLC0415

        words.register()
        register_records(INCENTIVES)
        register_records(REGISTRATIONS)
        register_letters(LETTERS)
        held.register()
        register_part(REGISTRATION_PART, registration_part, place=30)
        register_home(home.home_of)
        register_demo(fill_registrations)
