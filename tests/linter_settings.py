"""The portal's settings, and the migration linter, which has to be an installed app to be a command."""

from partnerhub.settings import *  # noqa: F403 - the linter reads the portal's own settings
from partnerhub.settings import INSTALLED_APPS as PORTAL_APPS

INSTALLED_APPS = [*PORTAL_APPS, "django_migration_linter"]
MIGRATION_LINTER_OPTIONS = {
    "no_cache": True,
    "include_apps": [
        *["tenancy", "events", "partners", "accounts", "bulk", "notes"],
        *[
            "notifications",
            "deals",
            "leads",
            "referrals",
            "upgrades",
            "receipts",
            "protection",
            "appeals",
            "intake",
            "claims",
            "calendars",
            "conflicts",
            "routing",
            "ranking",
            "absences",
            "responses",
            "offers",
            "registrations",
            "quotes",
            "solutions",
            "imports",
            "exports",
            "clocks",
        ],
    ],
    # The tables of the first release were made empty: a lock on them kept nobody waiting. So are those of webhooks, of
    # vendor accounts, deals, their registrations and notes: the linter looks at their anchor by itself, without the
    # table made with it.
    "ignore_name": [
        *("0001_initial", "0002_walls", "0003_people", "0012_webhooks", "0011_vendor_accounts", "0010_tier_anchor"),
        *("0021_deal_walls", "0007_note_walls", "0015_solution_anchor", "0030_registration_walls"),
    ],
}
