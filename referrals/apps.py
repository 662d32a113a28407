from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = "Referrals"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from partnerhub.events.watched import watch  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415
        from referrals import receivers, words  # noqa: F401, PLC0415 - the receivers are connected by it
        from referrals.models import Referral  # noqa: PLC0415
        from referrals.selectors import seen_by  # noqa: PLC0415
        from referrals.services import REFERRALS  # noqa: PLC0415

        words.register()
        register_records(REFERRALS)
        watch(Referral, seen_by)
