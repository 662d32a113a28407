"""Writes partnerhub/docs/machines.md, the page of all machines, from their tables of steps."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from partnerhub.states.page import machines_page


class Command(BaseCommand):
    help = "Write the page of all machines."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        (Path(settings.BASE_DIR) / "partnerhub" / "docs" / "machines.md").write_text(machines_page())
