from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = "Referrals"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from partnerhub.records.kinds import register_records  # noqa: PLC0415
        from referrals import receivers, words  # noqa: F401, PLC0415 - the receivers are connected by it
        from referrals.services import REFERRALS  # noqa: PLC0415

        words.register()
        register_records(REFERRALS)
