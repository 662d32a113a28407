"""Settings that name real servers: tried before anything starts, so that a wrong one is told in one line."""

import os
from contextlib import closing
from pathlib import Path
from smtplib import SMTP, SMTP_SSL, SMTPException
from urllib.parse import unquote, urlsplit

import psycopg2
import redis

from partnerhub.embedded.processes import StartError

ATTEMPT_SECONDS = 5


def check_outside_servers() -> None:
    """Raises StartError naming the setting that leads nowhere."""
    checks = {
        "DATABASE_URL": _check_database,
        "DATABASE_OWNER_URL": _check_database,
        "REDIS_URL": _check_redis,
        "EMAIL_URL": _check_mail,
        "STORAGE_URL": _check_storage,
    }
    for setting, check in checks.items():
        if address := os.environ.get(setting):
            try:
                check(address)
            except (OSError, ValueError, psycopg2.Error, redis.RedisError, SMTPException) as error:
                words = (str(error).strip().splitlines() or [type(error).__name__])[0]
                raise StartError(f"{setting} does not work: {words}") from error


def _check_database(address: str) -> None:
    if urlsplit(address).scheme not in {"postgres", "postgresql"}:
        raise ValueError("it has to start with postgres://")
    with closing(psycopg2.connect(address, connect_timeout=ATTEMPT_SECONDS)) as database, database.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() != (False,):
            raise ValueError("its role is a superuser or bypasses row-level security; run manage.py prepare.")


def _check_redis(address: str) -> None:
    with closing(redis.Redis.from_url(address, socket_connect_timeout=ATTEMPT_SECONDS, socket_timeout=5)) as broker:
        broker.ping()


def _check_mail(address: str) -> None:
    server = urlsplit(address)
    if not server.scheme.startswith("smtp") or not server.hostname:
        raise ValueError("it has to look like smtp://user:password@host:port")
    client = SMTP_SSL if server.scheme == "smtp+ssl" else SMTP
    with client(server.hostname, server.port or 25, timeout=ATTEMPT_SECONDS) as connection:
        connection.noop()


def _check_storage(address: str) -> None:
    place = urlsplit(address)
    if place.scheme == "s3" and place.hostname:
        return
    if place.scheme != "file":
        raise ValueError("it has to be file:///folder or s3://bucket")
    folder = Path(unquote(place.path))
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise ValueError(f"{folder} is not writable")
