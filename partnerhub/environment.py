"""Every environment variable that an installation is set by: name, default and what it does, each once.

Settings, gunicorn and the management commands read them here and nowhere else. partnerhub/docs/settings.md is made from
this table (`manage.py settings_page`), and docker-compose.yml passes all of them on; tests hold both to it.
"""

import os
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

ON = frozenset({"1", "true", "yes", "on"})
OFF = frozenset({"", "0", "false", "no", "off"})


@dataclass(frozen=True)
class Variable:
    """`default` as one would write it; `usual` says in words what is taken where it comes from other settings.

    `foreign`: read by a library of ours, not by us.
    """

    name: str
    what: str
    default: str = ""
    usual: str = ""
    required: bool = False
    foreign: bool = False


SECTIONS: dict[str, tuple[Variable, ...]] = {
    "Needed": (
        Variable("SECRET_KEY", "A long random text; every process of the installation has the same.", required=True),
        Variable(
            "PUBLIC_URL",
            "The address people reach the installation at, e.g. https://partners.example.com. It has to be https,"
            " except on 127.0.0.1 and localhost.",
            required=True,
        ),
        Variable("DATABASE_URL", "postgres://user:password@host:port/name, the app's ordinary role.", required=True),
        Variable("REDIS_URL", "redis://[:password@]host:port/0 of Redis or Valkey.", required=True),
        Variable("EMAIL_URL", "The mail server: smtp://user:password@host:port, or smtp+tls://…", required=True),
        Variable("STORAGE_URL", "Where attachments are kept: file:///folder or s3://bucket/folder.", required=True),
    ),
    "To prepare the database": (
        Variable(
            "DATABASE_OWNER_URL",
            "The role partnerhub_owner, which owns the tables. `manage.py prepare` and `migrate` sign in as it; web,"
            " worker and beat must not have it.",
            usual="DATABASE_URL",
        ),
        Variable(
            "DATABASE_ADMIN_URL",
            "Somebody who may create roles and databases. Where it is set, `manage.py prepare` makes database and"
            " roles; without it they have to be there (partnerhub/tenancy/sql/prepare.sql).",
        ),
        Variable("PARTNERHUB_AS_OWNER", "Any other command signs in as the owner of the tables, too.", "false"),
    ),
    "Addresses": (
        Variable(
            "SHARED_HOSTS",
            "Further hosts where a portal stands in the path, with commas between. Own hosts of portals are not listed"
            " anywhere: they are a field of the portal at /admin/.",
        ),
        Variable(
            "ADMIN_HOST",
            "The one host that answers at /admin/, where operators open portals.",
            usual="that of PUBLIC_URL",
        ),
        Variable("OPERATORS_EMAIL", "Named to people where only an operator can help."),
        Variable("CSRF_TRUSTED_ORIGINS", "Further origins (https://…) whose forms are taken, with commas between."),
        Variable(
            "BEHIND_PROXY",
            "A proxy of yours ends TLS, sets X-Forwarded-Proto and X-Forwarded-For, and removes what callers wrote"
            " there.",
            "false",
        ),
        Variable(
            "FORWARDED_ALLOW_IPS", "The proxy's addresses that gunicorn believes, with commas between.", "127.0.0.1"
        ),
    ),
    "Web processes": (
        Variable("WEB_BIND", "Where gunicorn listens.", "0.0.0.0:8000"),
        Variable("WEB_CONCURRENCY", "Processes of a web machine.", "2"),
        Variable("WEB_THREADS", "Threads of each.", "4"),
        Variable(
            "WEB_KEEPALIVE", "Seconds that an idle connection is kept; longer than the proxy keeps its side.", "75"
        ),
        Variable("GUNICORN_LOG_LEVEL", "How much gunicorn itself says.", "warning"),
        Variable("STATIC_ROOT", "Where static files are collected.", usual="var/static"),
    ),
    "Live": (
        Variable("LIVE_BIND", "Where the live process listens.", "0.0.0.0:8001"),
        Variable(
            "LIVE_URL",
            "Where browsers reach the live process, if no proxy of yours sends the addresses that end in /live/ there:"
            " scheme and host of PUBLIC_URL with another port. Own hosts of portals need the proxy.",
        ),
        Variable("LIVE_CONCURRENCY", "Live processes of a machine.", "1"),
        Variable("LIVE_STREAMS", "How many streams each keeps open; further browsers are asked to come later.", "1000"),
        Variable("LIVE_THREADS", "Threads of each that ask PostgreSQL, each with a connection.", "4"),
    ),
    "Worker and beat": (
        Variable("WORKER_CONCURRENCY", "Processes of a worker.", "2"),
        Variable(
            "BULK_LEASE_SECONDS",
            "How long a worker may hold an act on many rows, from one part to the next, before another takes it over.",
            "60",
        ),
        Variable(
            "EXPORT_ROWS_AT_ONCE",
            "Of a list with more rows the file is written by the worker, and a link to it mailed.",
            "20000",
        ),
        Variable("EXPORT_ROWS", "How many rows such a file may have; 1,048,575 at most, as a sheet has.", "1000000"),
        Variable(
            "EXPORT_BYTES",
            "How long its rows may be, before they are packed; 1 GiB at most.",
            str(512 * 1024**2),
        ),
        Variable("EXPORT_KEPT_HOURS", "How long such a file can be downloaded.", "72"),
        Variable("BEAT_SCHEDULE_FILE", "Where beat writes down what it did last.", usual="var/beat-schedule"),
    ),
    "Database": (
        Variable("CONN_MAX_AGE", "Seconds that a process keeps a connection to PostgreSQL.", "60"),
        Variable(
            "BEHIND_TRANSACTION_POOLER", "DATABASE_URL leads to a pooler in transaction mode (PgBouncer).", "false"
        ),
    ),
    "Secrets": (
        Variable("SECRET_KEY_FALLBACKS", "Former SECRET_KEYs that still count, with commas between."),
        Variable(
            "STORED_SECRETS_KEYS",
            "name:key, the newest first, with commas between: what is stored encrypted and the links in mail. A key has"
            " 32 characters or more. Without it SECRET_KEY does this too.",
        ),
    ),
    "Mail": (
        Variable("DEFAULT_FROM_EMAIL", "The sender of every mail.", usual="portal@ the host of PUBLIC_URL"),
        Variable("MAIL_DOMAIN", "The domain in Message-ID and List-Id.", usual="that of DEFAULT_FROM_EMAIL"),
        Variable(
            "MAIL_HOOK_SECRETS",
            "What the mail provider signs its word on delivered, bounced and complained mail with: 32 characters or"
            " more, several with commas while one is replaced.",
        ),
        Variable("MAIL_LATE_SECONDS", "From when on mail that waits is told of in the log and in /readyz.", "300"),
        Variable("MAIL_LEASE_SECONDS", "How long a worker may hold a message before another takes it over.", "120"),
        Variable(
            "MAIL_RETRY_DELAYS",
            "Seconds until each further try of a message, with commas between; after the last one it has failed.",
            "60,300,900,3600,14400,28800,43200,86400,86400",
        ),
        Variable(
            "WEBHOOK_NETWORKS",
            "Networks of yours that webhooks may lead to, also without TLS, with commas between (10.1.2.0/24). Empty:"
            " the internet alone.",
        ),
        Variable("EMAIL_TIMEOUT", "Seconds that the mail server has for an answer.", "20"),
    ),
    "Files": (
        Variable("ATTACHMENT_TENANT_BYTES", "How much one portal may store.", str(20 * 1024**3)),
        Variable(
            "VIRUS_SCAN_COMMAND", "Reads a file on standard input, like `clamdscan -`. Without it nothing is scanned."
        ),
        Variable("AWS_ACCESS_KEY_ID", "For s3://, where the machine has no role of its own.", foreign=True),
        Variable("AWS_SECRET_ACCESS_KEY", "Its secret.", foreign=True),
        Variable("AWS_SESSION_TOKEN", "Its session, where it has one.", foreign=True),
        Variable("AWS_DEFAULT_REGION", "Where the bucket is.", foreign=True),
        Variable("AWS_ENDPOINT_URL_S3", "The address of an S3 that is not Amazon's.", foreign=True),
    ),
    "Limits and logs": (
        Variable(
            "APPEAL_DAYS",
            "Business days within which an appeal is decided, in programs whose due times nobody has set.",
            "10",
        ),
        Variable(
            "INTAKE_BURST", "More than these by a member’s intake links within an hour are held for review.", "30"
        ),
        Variable("API_RATE_MEMBER", "Requests a minute of one member or token at the API.", "600"),
        Variable("API_RATE_TENANT", "Requests a minute of all of a portal's together.", "6000"),
        Variable("LOG_LEVEL", "From which level on anything is logged.", "INFO"),
        Variable(
            "REQUEST_LOG_LEVEL",
            "The same for the line that each request gets: INFO, or ERROR for failed ones alone.",
            "INFO",
        ),
    ),
}
VARIABLES = {variable.name: variable for section in SECTIONS.values() for variable in section}


def text(name: str) -> str:
    """The value, else the default. Raises ImproperlyConfigured for one that is needed and missing, KeyError for one
    that is not in the table.
    """
    variable = VARIABLES[name]
    value = os.environ.get(name) or variable.default
    if variable.required and not value:
        raise ImproperlyConfigured(f"{name} is not set: {variable.what}")
    return value


def number(name: str) -> int:
    return _number(name, text(name))


def switch(name: str) -> bool:
    value = text(name).strip().lower()
    if value not in ON | OFF:
        raise ImproperlyConfigured(f"{name} has to be true or false, not {value}.")
    return value in ON


def words(name: str) -> list[str]:
    """What stands between the commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def numbers(name: str) -> list[int]:
    return [_number(name, word) for word in words(name)]


def settings_page() -> str:
    """The page of all settings, in Markdown."""
    head = (
        "# Settings\n\nMade from partnerhub/environment.py by `manage.py settings_page`. All of them are environment"
        " variables; an empty one counts as not set.\n"
    )
    return head + "".join(f"\n## {title}\n\n{_table(variables)}" for title, variables in SECTIONS.items())


def _table(variables: tuple[Variable, ...]) -> str:
    rows = "".join(f"| `{one.name}` | {_default(one)} | {one.what} |\n" for one in variables)
    return f"| name | default | what it does |\n|---|---|---|\n{rows}"


def _default(variable: Variable) -> str:
    if variable.required:
        return "needed"
    return variable.usual or (f"`{variable.default}`" if variable.default else "–")


def _number(name: str, value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} has to be a number, not {value}.") from None
