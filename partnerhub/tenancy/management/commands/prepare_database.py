import os
from typing import Any

import psycopg2
from django.core.management.base import BaseCommand, CommandError

from partnerhub.tenancy.preparation import PreparationError, prepare_database

SETTINGS = {"admin_url": "DATABASE_ADMIN_URL", "owner_url": "DATABASE_OWNER_URL", "app_url": "DATABASE_URL"}


class Command(BaseCommand):
    help = "Makes the database, its roles, extensions and rights, as the administrator named by DATABASE_ADMIN_URL."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [name for name in SETTINGS.values() if not os.environ.get(name)]
        if missing:
            raise CommandError(f"Set {' and '.join(missing)} first.")
        try:
            prepare_database(**{argument: os.environ[name] for argument, name in SETTINGS.items()})
        except (PreparationError, psycopg2.Error) as error:
            raise CommandError(str(error).strip().splitlines()[0]) from error
        self.stdout.write("The database is prepared.")
