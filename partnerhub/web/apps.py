from django.apps import AppConfig

from partnerhub.web.ambient import keep_lightly
from partnerhub.web.catalogues import merge_alike


class WebConfig(AppConfig):
    name = "partnerhub.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        keep_lightly()
        merge_alike()
