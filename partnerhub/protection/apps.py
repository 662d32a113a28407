from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "partnerhub.protection"
    label = "protection"
    verbose_name = "Protection"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from leads.beside import register_beside  # noqa: PLC0415
        from notifications.services import register_letters  # noqa: PLC0415
        from partnerhub.protection import receivers, words  # noqa: F401, PLC0415 - the receivers are connected
        from partnerhub.protection.beside import protection_beside  # noqa: PLC0415
        from partnerhub.protection.letters import LETTERS  # noqa: PLC0415
        from partnerhub.protection.services import PROTECTIONS  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415

        words.register()
        register_records(PROTECTIONS)
        register_letters(LETTERS)
        register_beside(protection_beside)
