from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partnerhub.partners"
    label = "partners"
    verbose_name = "Partners"

    def ready(self) -> None:
        # Here and not above: it needs the models, which need the apps.
        from partnerhub.events.watched import watch  # noqa: PLC0415
        from partnerhub.partners import words  # noqa: PLC0415
        from partnerhub.partners.models import Partner  # noqa: PLC0415
        from partnerhub.partners.selectors import seen_by  # noqa: PLC0415
        from partnerhub.partners.services import PARTNERS  # noqa: PLC0415
        from partnerhub.partners.tables import FINDABLE  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415
        from partnerhub.tenancy.second_pass import PASSES, Pass  # noqa: PLC0415
        from partnerhub.web.finding import register_findable  # noqa: PLC0415
        from partnerhub.web.folding import fold  # noqa: PLC0415

        words.register()
        register_records(PARTNERS)
        register_findable(FINDABLE)
        watch(Partner, seen_by)
        PASSES.append(
            Pass("partners_partner", "name_key", "row.name", "row.name_key = ''", lambda name: fold(name)[:200])
        )
