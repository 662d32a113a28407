from django.apps import AppConfig


class UpgradesConfig(AppConfig):
    name = "partnerhub.upgrades"
    label = "upgrades"
    verbose_name = "Upgrade invitations"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from leads.beside import register_beside  # noqa: PLC0415
        from partnerhub.events.watched import watch  # noqa: PLC0415
        from partnerhub.records.kinds import register_records  # noqa: PLC0415
        from partnerhub.upgrades import letters, receivers, words  # noqa: F401, PLC0415 - the receivers are connected
        from partnerhub.upgrades.models import UpgradeInvitation  # noqa: PLC0415
        from partnerhub.upgrades.panels import beside_lead  # noqa: PLC0415
        from partnerhub.upgrades.selectors import seen_by  # noqa: PLC0415
        from partnerhub.upgrades.services import INVITATIONS  # noqa: PLC0415

        words.register()
        letters.register()
        register_records(INVITATIONS)
        watch(UpgradeInvitation, seen_by)
        register_beside(beside_lead)
