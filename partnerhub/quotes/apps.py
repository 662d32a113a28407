from django.apps import AppConfig


class QuotesConfig(AppConfig):
    name, label, verbose_name = "partnerhub.quotes", "quotes", "Products and quotes"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from deals.panels import register_part  # noqa: PLC0415
        from notifications.services import register_letters, register_words  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.quotes import receivers, words  # noqa: F401, PLC0415 - the receivers are connected
        from partnerhub.quotes.beside import QUOTES_PART, quotes_part  # noqa: PLC0415
        from partnerhub.quotes.demo import fill_quotes  # noqa: PLC0415
        from partnerhub.quotes.letters import LETTERS, quote_words  # noqa: PLC0415
        from partnerhub.quotes.services import PRODUCTS, QUOTES  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415

        words.register()
        register_records(PRODUCTS)
        register_records(QUOTES)
        register_letters(LETTERS)
        register_words("quote", quote_words)
        register_part(QUOTES_PART, quotes_part, place=20)
        register_demo(fill_quotes)
