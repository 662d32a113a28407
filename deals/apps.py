from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "deals"
    verbose_name = "Deals"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from partnerhub.events.readers import register_readers  # noqa: PLC0415
        from partnerhub.roles import CUSTOMERS_VIEW  # noqa: PLC0415

        for record in ("company", "contact"):
            register_readers(record, permission=CUSTOMERS_VIEW, is_visible=lambda _field, _side: True)
