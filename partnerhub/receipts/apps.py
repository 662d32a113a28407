from django.apps import AppConfig


class ReceiptsConfig(AppConfig):
    name = "partnerhub.receipts"
    label = "receipts"
    verbose_name = "Receipts"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from leads.beside import register_beside  # noqa: PLC0415
        from partnerhub.receipts import receivers  # noqa: F401, PLC0415 - the receivers are connected
        from partnerhub.receipts.panels import receipt_beside  # noqa: PLC0415

        register_beside(receipt_beside)
