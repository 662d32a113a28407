from django.apps import AppConfig


class OffersConfig(AppConfig):
    name, label, verbose_name = "partnerhub.offers", "offers", "Offered deals"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from deals.letters import deal_words  # noqa: PLC0415
        from deals.panels import register_awaiting, register_origin  # noqa: PLC0415
        from notifications.services import register_letters, register_words  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.offers import home, words  # noqa: PLC0415
        from partnerhub.offers.beside import offer_of_deal  # noqa: PLC0415
        from partnerhub.offers.demo import fill_offers  # noqa: PLC0415
        from partnerhub.offers.letters import LETTERS  # noqa: PLC0415
        from partnerhub.offers.services import OFFERS  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415
        from partnerhub.roles import OFFERS_VIEW, PARTNER  # noqa: PLC0415
        from partnerhub.web.homes import register_home  # noqa: PLC0415

        words.register()
        register_records(OFFERS)
        register_letters(LETTERS)
        register_words("dealoffer", deal_words)
        register_origin(offer_of_deal)
        register_awaiting(PARTNER, OFFERS_VIEW, "offers:offers", "status=received")
        register_home(home.home_of)
        register_demo(fill_offers)
