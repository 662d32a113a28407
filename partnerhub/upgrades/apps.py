from django.apps import AppConfig


class UpgradesConfig(AppConfig):
    name = "partnerhub.upgrades"
    label = "upgrades"
    verbose_name = "Upgrade invitations"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from leads.beside import register_beside  # noqa: PLC0415
        from notifications.services import register_letters, register_replies  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415
        from partnerhub.upgrades import demo, home, receivers, words  # noqa: F401, PLC0415 - the receivers are connected
        from partnerhub.upgrades.beside import beside_lead  # noqa: PLC0415
        from partnerhub.upgrades.letters import LETTERS  # noqa: PLC0415
        from partnerhub.upgrades.services import INVITATIONS, hear_reply  # noqa: PLC0415
        from partnerhub.upgrades.services.activation import TOLD_OF  # noqa: PLC0415
        from partnerhub.web.homes import register_home  # noqa: PLC0415

        words.register()
        register_records(INVITATIONS)
        register_letters(LETTERS)
        register_replies(TOLD_OF, hear_reply)
        register_beside(beside_lead)
        register_demo(demo.fill_upgrades)
        register_home(home.home_of)
