"""Everything between the source and the first start, and between two releases: one command, safe to run again."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnerhub.environment import text
from partnerhub.tenancy.locks import alone_in
from partnerhub.tenancy.preparation import PreparationError, prepare_database
from partnerhub.web.translations import compile_translations

DATABASE_PART, FILES_PART, CHECKS_PART = "database", "files", "checks"


class Command(BaseCommand):
    help = "Prepares the database (where DATABASE_ADMIN_URL is set), migrates, collects static files and checks."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", choices=[DATABASE_PART, FILES_PART, CHECKS_PART], help="One part of it.")

    def handle(self, *args: Any, only: str | None = None, **options: object) -> None:
        parts: dict[str, Callable[[], None]] = {
            DATABASE_PART: self._database,
            FILES_PART: self._files,
            CHECKS_PART: self._checks,
        }
        try:
            for part in [only] if only else parts:
                parts[part]()
        except (PreparationError, psycopg2.Error) as error:
            raise CommandError(str(error).strip().splitlines()[0]) from error

    def _database(self) -> None:
        """Roles and rights first, then the tables as their owner. Of several at once one works, the others wait."""
        admin, owner, app = text("DATABASE_ADMIN_URL"), text("DATABASE_OWNER_URL"), text("DATABASE_URL")
        if admin:
            with alone_in(admin):
                prepare_database(admin_url=admin, owner_url=owner, app_url=app)
            self.stdout.write("The database is prepared.")
        with alone_in(owner or app):
            call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write("The tables are up to date.")

    def _files(self) -> None:
        with _alone_on_this_machine():
            compile_translations()
            call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write("Translations and static files are in place.")

    def _checks(self) -> None:
        """What a server must not be without, where this is one; a fault ends the command."""
        call_command("check", deploy=settings.IS_HTTPS, fail_level="WARNING" if settings.IS_HTTPS else "ERROR")


@contextmanager
def _alone_on_this_machine() -> Iterator[None]:
    folder = Path(settings.STATIC_ROOT).parent
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
