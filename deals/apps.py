from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "deals"
    verbose_name = "Deals"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from deals import home, hosts, receivers, words  # noqa: PLC0415
        from deals.demo import fill_deals  # noqa: PLC0415
        from deals.letters import LETTERS, deal_words  # noqa: PLC0415
        from deals.models import Company, Contact, Duplicate  # noqa: PLC0415
        from deals.services import COMPANIES, CONTACTS, DEALS, DUPLICATES, VENDOR_ACCOUNTS  # noqa: PLC0415
        from deals.services.finding import words_of_deal  # noqa: PLC0415
        from deals.services.registering import DEAL_REGISTRATIONS  # noqa: PLC0415
        from deals.states.deals import IS_CLOSED  # noqa: PLC0415
        from deals.tables import FINDABLE  # noqa: PLC0415
        from notifications.services import register_letters, register_words  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.events.selectors import register_lent  # noqa: PLC0415
        from partnerhub.records.registering import register_kept, register_records  # noqa: PLC0415
        from partnerhub.tenancy.second_pass import PASSES, Pass  # noqa: PLC0415
        from partnerhub.web.finding import register_findable  # noqa: PLC0415
        from partnerhub.web.folding import fold, website_words  # noqa: PLC0415
        from partnerhub.web.homes import register_home  # noqa: PLC0415

        words.register()
        receivers.register_talk()
        PASSES.append(
            Pass(
                "deals_company",
                "search_text",
                "row.name, row.host, row.website",
                # One into which others were merged is found by their names too: `find_anew` writes that.
                """row.host LIKE '%%xn--%%' AND NOT EXISTS (
                    SELECT FROM deals_company merged
                    WHERE merged.tenant_id = row.tenant_id AND merged.known_as_id = row.id)""",
                lambda name, host, website: fold(f"{name} {website_words(host or website, host)}"),
            )
        )
        # The former release tells companies apart by hosts that many businesses share.
        PASSES.append(
            Pass("deals_company", "host", "row.host", f"row.host <> '' AND row.host ~ '{hosts.SHARED}'", hosts.own_host)
        )
        # Those that the former release opened; what is closed stays as it is.
        PASSES.append(
            Pass(
                "deals_deal",
                "search_text",
                "row.name, row.crm_id, company.name",
                f"row.search_text = '' AND row.status NOT IN ({', '.join(repr(one.value) for one in IS_CLOSED)})",
                words_of_deal,
                beside="JOIN deals_company company ON company.id = row.company_id",
            )
        )
        register_findable(*FINDABLE)
        for kept in (COMPANIES, CONTACTS, VENDOR_ACCOUNTS):
            register_kept(kept)
        register_records(DUPLICATES)
        register_records(DEALS)
        register_records(DEAL_REGISTRATIONS)
        register_letters(LETTERS)
        register_words("deal", deal_words)
        register_demo(fill_deals)
        register_home(home.home_of)
        register_lent(Company, Contact, Duplicate)
