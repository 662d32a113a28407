from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeadsConfig(AppConfig):
    name = "leads"
    verbose_name = "Leads"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from deals.identity import BusinessFacts, keys_of  # noqa: PLC0415
        from deals.selectors.registrations import register_protector  # noqa: PLC0415
        from leads import demo, home, receivers, words  # noqa: PLC0415
        from leads.beside import LeadEntry, deal_beside, register_beside, register_entry  # noqa: PLC0415
        from leads.demo import imports as demo_imports  # noqa: PLC0415
        from leads.importing import LeadImporter  # noqa: PLC0415
        from leads.models import Lead  # noqa: PLC0415
        from leads.selectors import listed_by  # noqa: PLC0415
        from leads.selectors.verdicts import protected_until_for  # noqa: PLC0415
        from leads.services.steps import LEADS  # noqa: PLC0415
        from leads.states import Status  # noqa: PLC0415
        from leads.states.questions import ABOUT_A_PERSON  # noqa: PLC0415
        from leads.tables import FINDABLE  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.events.selectors import register_forgotten, register_lent  # noqa: PLC0415
        from partnerhub.events.watched import watch  # noqa: PLC0415
        from partnerhub.imports.importers import register_importer  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415
        from partnerhub.roles import LEADS_SUBMIT, PARTNER  # noqa: PLC0415
        from partnerhub.tenancy.second_pass import PASSES, Pass  # noqa: PLC0415
        from partnerhub.web.finding import register_findable  # noqa: PLC0415
        from partnerhub.web.folding import fold, website_words  # noqa: PLC0415
        from partnerhub.web.homes import register_home  # noqa: PLC0415

        register_protector(protected_until_for)
        receivers.connect()
        words.register()
        register_home(home.home_of)
        register_demo(demo_imports.fill_imports)  # what is registered last is filled in first
        register_demo(demo.fill)
        PASSES.append(
            Pass(
                "leads_lead",
                "partner_key",
                "partner.name",
                "row.submitted_at IS NOT NULL AND row.partner_key IS DISTINCT FROM partner.name_key",
                lambda name: fold(name)[:200],
                beside="JOIN partners_partner partner ON partner.id = row.partner_id",
            )
        )
        PASSES.append(
            Pass(
                "leads_lead",
                "search_text",
                "trim(row.first_name || ' ' || row.last_name), row.email, row.company, row.website, row.website_host",
                "row.submitted_at IS NOT NULL AND row.website_host LIKE '%%xn--%%'",
                lambda person, email, company, site, host: fold(
                    f"{person} {email} {company} {website_words(site, host)}"
                ),
            )
        )
        # Rows that the former release writes, and those of before, have none.
        PASSES.append(
            Pass(
                "leads_lead",
                "identity_keys",
                "row.id, row.company, row.website, row.email, row.phone, row.country, row.postcode",
                "row.submitted_at IS NOT NULL AND row.identity_keys = '{}'",
                lambda key, *facts: keys_of(BusinessFacts(*facts)) or [f"l:{key}"],
            )
        )
        # Converted by the former release, which left them in progress; in its sight their new status would be unknown.
        PASSES.append(
            Pass(
                "leads_lead",
                "status",
                "row.deal_id",
                "row.deal_id IS NOT NULL AND row.status = 'in_progress'",
                lambda _deal: Status.CONVERTED.value,
            )
        )
        register_importer(LeadImporter())
        register_entry(LeadEntry(_("Import"), "leads:import", LEADS_SUBMIT, PARTNER, main=False, icon="up"))
        register_records(LEADS)
        register_beside(deal_beside)
        register_findable(FINDABLE)
        watch(Lead, listed_by)
        register_lent(Lead)
        register_forgotten("lead.objected", ABOUT_A_PERSON | {"own_fields"})
