from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "partnerhub.claims"
    label = "claims"
    verbose_name = "Queues and claims"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from leads.beside import LeadEntry, register_beside, register_entry, register_view  # noqa: PLC0415
        from leads.tables import register_bulk  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.claims import demo, letters, receivers, words  # noqa: F401, PLC0415 - the receivers are connected
        from partnerhub.claims.importing import VendorLeadImporter  # noqa: PLC0415
        from partnerhub.claims.models import QueuedLead  # noqa: PLC0415
        from partnerhub.claims.panels import claims_beside_lead  # noqa: PLC0415
        from partnerhub.claims.selectors import seen_by  # noqa: PLC0415
        from partnerhub.claims.services.records import CLAIMS, KEPT_QUEUES  # noqa: PLC0415
        from partnerhub.claims.tables import OFFER_ALL  # noqa: PLC0415
        from partnerhub.claims.views.queue import QUICK_VIEW  # noqa: PLC0415
        from partnerhub.events.watched import watch  # noqa: PLC0415
        from partnerhub.imports.importers import register_importer  # noqa: PLC0415
        from partnerhub.records.registering import register_kept, register_records  # noqa: PLC0415
        from partnerhub.roles import LEADS_WORK, VENDOR  # noqa: PLC0415

        words.register()
        letters.register()
        register_demo(demo.fill_queues)
        register_records(CLAIMS)
        register_kept(KEPT_QUEUES)
        watch(QueuedLead, seen_by, also={"lead.claimed": "lead_id"})
        register_beside(claims_beside_lead)
        register_view(QUICK_VIEW)
        register_entry(words.BRING)
        register_importer(VendorLeadImporter())
        register_entry(LeadEntry(_("Import"), "leads:import", LEADS_WORK, VENDOR, main=False, icon="up"))
        register_bulk(OFFER_ALL)
