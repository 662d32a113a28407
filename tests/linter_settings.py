"""The portal's settings, and the migration linter, which has to be an installed app to be a command."""

from partnerhub.settings import *  # noqa: F403 - the linter reads the portal's own settings
from partnerhub.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
MIGRATION_LINTER_OPTIONS = {"no_cache": True, "applied_migrations": False, "unapplied_migrations": False}
