from django.apps import AppConfig


class BulkConfig(AppConfig):
    name = "partnerhub.bulk"
    label = "bulk"
    verbose_name = "Bulk acts"

    def ready(self) -> None:
        # Here and not above: what is registered needs the models, which need the apps.
        from partnerhub.bulk.services import Runs  # noqa: PLC0415
        from partnerhub.web.lists.running import register_runs  # noqa: PLC0415

        register_runs(Runs())
