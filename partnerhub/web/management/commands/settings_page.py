"""Writes partnerhub/docs/settings.md, the page of all settings, from the table in partnerhub/environment.py."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnerhub.environment import settings_page


class Command(BaseCommand):
    help = "Write the page of all settings."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only fail if the page is not current.")

    def handle(self, *args: Any, check: bool = False, **options: object) -> None:
        target = Path(settings.BASE_DIR) / "partnerhub" / "docs" / "settings.md"
        if not check:
            target.write_text(settings_page())
        elif not target.is_file() or target.read_text() != settings_page():
            raise CommandError("partnerhub/docs/settings.md is not current. Run: manage.py settings_page")
