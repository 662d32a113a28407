from django.apps import AppConfig


class ConflictsConfig(AppConfig):
    name = "partnerhub.conflicts"
    label = "conflicts"
    verbose_name = "Conflict desk"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from leads.beside import register_beside  # noqa: PLC0415
        from notifications.services import register_letters  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.conflicts import receivers, words  # noqa: F401, PLC0415 - the receivers are connected
        from partnerhub.conflicts.beside import conflict_beside, share_beside  # noqa: PLC0415
        from partnerhub.conflicts.demo import fill_conflicts  # noqa: PLC0415
        from partnerhub.conflicts.letters import LETTERS  # noqa: PLC0415
        from partnerhub.conflicts.services import CASES  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415

        words.register()
        register_records(CASES)
        register_letters(LETTERS)
        register_beside(conflict_beside)
        register_beside(share_beside)
        register_demo(fill_conflicts)
