"""Settings, all from the environment (environment.py has the table). What is missing or wrong stops the start.

Apps, data, tasks and languages are here; each other subject has a module of its own.
"""

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Exchange, Queue

from partnerhub.environment import number, switch, text, words
from partnerhub.settings.addresses import *  # noqa: F403 - a part of these settings
from partnerhub.settings.api import *  # noqa: F403 - a part of these settings
from partnerhub.settings.browser import *  # noqa: F403 - a part of these settings
from partnerhub.settings.logs import *  # noqa: F403 - a part of these settings
from partnerhub.settings.mail import *  # noqa: F403 - a part of these settings
from partnerhub.settings.sign_in import *  # noqa: F403 - a part of these settings

BASE_DIR = Path(__file__).resolve().parents[2]

SECRET_KEY = text("SECRET_KEY")
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
STORED_SECRETS_KEYS = [(pair.partition(":")[0], pair.partition(":")[2]) for pair in words("STORED_SECRETS_KEYS")]
if any(not re.fullmatch("[a-z0-9-]{1,20}", name) or len(key) < 32 for name, key in STORED_SECRETS_KEYS):
    raise ImproperlyConfigured("STORED_SECRETS_KEYS has to hold name:key, a key of 32 characters or more, with commas.")
if len(dict(STORED_SECRETS_KEYS)) < len(STORED_SECRETS_KEYS):
    raise ImproperlyConfigured("STORED_SECRETS_KEYS holds a name twice.")
DEBUG = False

# --- the house -----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "partnerhub.web.collected.CollectedFiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_countries",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "rest_framework",
    "partnerhub.portal",
    "partnerhub.conflicts",
    "partnerhub.routing",
    "partnerhub.ranking",
    "partnerhub.claims",
    "partnerhub.intake",
    "partnerhub.upgrades",
    "partnerhub.receipts",
    "partnerhub.protection",
    "partnerhub.appeals",
    "referrals",
    "partnerhub.clocks",
    "partnerhub.registrations",
    "leads",
    "partnerhub.offers",
    "partnerhub.responses",
    "partnerhub.quotes",
    "deals",
    "partnerhub.absences",
    "partnerhub.solutions",
    "notifications",
    "partnerhub.notes",
    "partnerhub.live",
    "partnerhub.bulk",
    "partnerhub.imports",
    "partnerhub.exports",
    "partnerhub.calendars",
    "partnerhub.accounts",
    "partnerhub.partners",
    "partnerhub.events",
    "partnerhub.tenancy",
    "partnerhub.web",
]

MIDDLEWARE = [
    "partnerhub.web.health.HealthMiddleware",
    "partnerhub.web.request_log.RequestLogMiddleware",
    "partnerhub.tenancy.middleware.HostMiddleware",
    "partnerhub.web.asked.AskedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "partnerhub.web.headers.HeadersMiddleware",
    # The session is saved outside the request's transaction: a page that was refused rolls that back.
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Messages are stored after the commit: some are made by it (a second factor that was turned on).
    "django.contrib.messages.middleware.MessageMiddleware",
    "partnerhub.tenancy.middleware.TenancyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "partnerhub.accounts.middleware.SeatMiddleware",
    "partnerhub.accounts.idempotency.IdempotencyMiddleware",
    "partnerhub.web.taken.TakenMiddleware",
]

ROOT_URLCONF = "partnerhub.urls"
WSGI_APPLICATION = "partnerhub.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "partnerhub.web.templates.LanguageLoader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partnerhub.portal.context.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "partnerhub.web.templatetags.portal",
                "partnerhub.web.templatetags.constants",
                "partnerhub.web.templatetags.forms",
            ],
        },
    },
]

# --- data ----------------------------------------------------------------------------------------------------------
AS_OWNER = switch("PARTNERHUB_AS_OWNER") or sys.argv[1:2] in (["migrate"], ["prepare"])
_database_url = text("DATABASE_URL")
if AS_OWNER:
    _database_url = text("DATABASE_OWNER_URL") or _database_url
DATABASES = {"default": environ.Env.db_url_config(_database_url)}
if DATABASES["default"].get("ENGINE") != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL has to name a PostgreSQL database; row-level security needs one.")
DATABASES["default"] |= {
    "ATOMIC_REQUESTS": False,  # TenancyMiddleware opens the transaction, because SET LOCAL has to live in it
    "CONN_MAX_AGE": number("CONN_MAX_AGE"),
    "CONN_HEALTH_CHECKS": True,
    "DISABLE_SERVER_SIDE_CURSORS": switch("BEHIND_TRANSACTION_POOLER"),
}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

REDIS_URL = text("REDIS_URL")

_storage = urlsplit(text("STORAGE_URL"))
if _storage.scheme == "file":
    FILES_BACKEND = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": _storage.path, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    }
elif _storage.scheme == "s3":
    FILES_BACKEND = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": _storage.hostname, "location": _storage.path.lstrip("/"), "default_acl": "private"},
    }
else:
    raise ImproperlyConfigured("STORAGE_URL has to start with file:// or s3://.")
STORAGES = {
    "default": FILES_BACKEND,
    "staticfiles": {"BACKEND": "partnerhub.web.static.PortalStaticStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = Path(text("STATIC_ROOT") or BASE_DIR / "var" / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 30  # above what a form takes, so that the form can say so
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "partnerhub.notes.uploads.handlers.BoundedUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
ATTACHMENT_MAX_BYTES = 20 * 1024 * 1024
ATTACHMENT_MAX_COUNT = 10
APPEAL_DAYS = number("APPEAL_DAYS")
INTAKE_BURST = number("INTAKE_BURST")
ATTACHMENT_TENANT_BYTES = number("ATTACHMENT_TENANT_BYTES")
VIRUS_SCAN_COMMAND = text("VIRUS_SCAN_COMMAND")

# --- work on many rows, and files of them ---------------------------------------------------------------------------
BULK_LEASE_SECONDS = number("BULK_LEASE_SECONDS")
EXPORT_ROWS_AT_ONCE = number("EXPORT_ROWS_AT_ONCE")
EXPORT_ROWS = min(number("EXPORT_ROWS"), 1_048_575)
EXPORT_BYTES = min(number("EXPORT_BYTES"), 1024**3)
EXPORT_KEPT_HOURS = number("EXPORT_KEPT_HOURS")

# --- tasks ---------------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 900
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = number("WORKER_CONCURRENCY")
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_PUBLISH_RETRY = False  # the nudge may be lost: beat picks up what was left
# Webhooks have a line of their own, and in an installation a worker: whoever is slow to take them holds up no mail.
CELERY_TASK_QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in ("celery", "webhooks")]
CELERY_TASK_ROUTES = {"notifications.send_due_hooks": {"queue": "webhooks"}}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = text("BEAT_SCHEDULE_FILE") or str(BASE_DIR / "var" / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "notifications.heartbeat", "schedule": 10.0, "options": {"expires": 10}},
    "watch-mail-queue": {"task": "notifications.watch_mail_queue", "schedule": 60.0, "options": {"expires": 60}},
    "send-letters": {"task": "accounts.send_letters", "schedule": 10.0, "options": {"expires": 10}},
    "send-due-hooks": {"task": "notifications.send_due_hooks", "schedule": 5.0, "options": {"expires": 5}},
    "send-due-messages": {"task": "notifications.send_due_messages", "schedule": 5.0, "options": {"expires": 5}},
    "carry-on-bulk-runs": {"task": "bulk.carry_on", "schedule": 10.0, "options": {"expires": 10}},
    "sweep-bulk-runs": {"task": "bulk.sweep", "schedule": 3600.0, "options": {"expires": 3600}},
    "carry-on-imports": {"task": "imports.carry_on", "schedule": 10.0, "options": {"expires": 10}},
    "carry-on-exports": {"task": "exports.carry_on", "schedule": 10.0, "options": {"expires": 10}},
    "sweep-exports": {"task": "exports.sweep", "schedule": 3600.0, "options": {"expires": 3600}},
    "sweep-imports": {"task": "imports.sweep", "schedule": 3600.0, "options": {"expires": 3600}},
    "sweep-expired": {"task": "accounts.sweep_expired", "schedule": 3600.0, "options": {"expires": 3600}},
    "go-over-rows": {"task": "tenancy.go_over_rows", "schedule": 3600.0, "options": {"expires": 3600}},
    "scan-held-back": {"task": "notes.scan_held_back", "schedule": 300.0, "options": {"expires": 300}},
    "revoke-borrowed-tokens": {
        "task": "accounts.revoke_borrowed_tokens",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "sweep-absences": {"task": "absences.sweep", "schedule": 300.0, "options": {"expires": 300}},
    "sweep-appeals": {"task": "appeals.sweep", "schedule": 300.0, "options": {"expires": 300}},
    "sweep-clocks": {"task": "clocks.sweep", "schedule": 60.0, "options": {"expires": 60}},
    "begin-missing-clocks": {"task": "clocks.catch_up", "schedule": 3600.0, "options": {"expires": 3600}},
    "sweep-customers": {"task": "deals.sweep", "schedule": 300.0, "options": {"expires": 300}},
    "sweep-deal-registrations": {
        "task": "deals.sweep_registrations",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "sweep-conflicts": {"task": "conflicts.sweep", "schedule": 60.0, "options": {"expires": 60}},
    "open-missing-cases": {"task": "conflicts.catch_up", "schedule": 3600.0, "options": {"expires": 3600}},
    "sweep-claims": {"task": "claims.sweep", "schedule": 300.0, "options": {"expires": 300}},
    "sweep-intake": {"task": "intake.sweep", "schedule": 3600.0, "options": {"expires": 3600}},
    "remember-missed-sales": {"task": "referrals.catch_up", "schedule": 3600.0, "options": {"expires": 3600}},
    "sweep-protection": {"task": "protection.sweep", "schedule": 3600.0, "options": {"expires": 3600}},
    "sweep-ranking": {"task": "ranking.sweep", "schedule": 300.0, "options": {"expires": 300}},
    "sweep-routing": {"task": "routing.sweep", "schedule": 60.0, "options": {"expires": 60}},
    "sweep-offers": {"task": "offers.sweep", "schedule": 300.0, "options": {"expires": 300}},
    "sweep-registrations": {"task": "registrations.sweep", "schedule": 300.0, "options": {"expires": 300}},
    "sweep-quotes": {"task": "quotes.sweep", "schedule": 300.0, "options": {"expires": 300}},
    "sweep-responses": {"task": "responses.sweep", "schedule": 300.0, "options": {"expires": 300}},
    "sweep-upgrades": {"task": "upgrades.sweep", "schedule": 300.0, "options": {"expires": 300}},
    "clear-discarded-files": {
        "task": "leads.clear_discarded_files",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
}

# Limits and locks only: nothing that must not be lost. Without Redis the limits fall back to the process' memory.
CACHES = {
    "default": {
        "BACKEND": "partnerhub.web.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "partnerhub",
    },
}

# --- language and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("pl", _("Polish"))]
COUNTRIES_OVERRIDE = {"XK": _("Kosovo")}  # in use everywhere, in ISO 3166 only as a code that users assign
LOCALE_PATHS = [BASE_DIR / "partnerhub" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
